import type { MessageEntity } from '../protocol/api-types.ts';

/** What every passing thing has: where it is shown and since when. */
type InPlace = {
  chatId: number;
  thread: number | undefined;
  /** When it came, milliseconds since the epoch. */
  at: number;
};

/** A partial message as a person sees it while it is written. */
export type ShownDraft = InPlace & {
  draftId: number;
  text: string;
  entities: MessageEntity[];
  canStop: boolean;
  keepOnStop: boolean;
};

/** What the bot was said to be doing: `typing`, `upload_document` … */
export type ShownAction = InPlace & { action: string };

/** What a place shows until it is refreshed, taken away or its time is over: one at a time. */
export type Fleeting<T extends InPlace> = {
  show(item: T): void;
  /** What is shown in a place now. */
  current(chatId: number, thread?: number): T | undefined;
  /** Takes it away, as a real message or the end of its life does. */
  dismiss(chatId: number, thread: number | undefined): void;
  /** Everything that was shown in a chat, oldest first; the newest of them, so that a long run stays small. */
  all(chatId: number): T[];
  close(): void;
};

/** Where something changed. */
type Changed = (chatId: number, thread: number | undefined) => void;

/** Drafts stay for 30 seconds. @param changed is called with the place whenever what it shows has changed */
export const createDrafts = (changed: Changed): Fleeting<ShownDraft> => createFleeting(30_000, 2_000, changed);

/** "typing…" stays for 5 seconds. @param changed is called with the place whenever what it shows has changed */
export const createActions = (changed: Changed): Fleeting<ShownAction> => createFleeting(5_000, 500, changed);

function createFleeting<T extends InPlace>(lifeMs: number, most: number, changed: Changed): Fleeting<T> {
  const shown = new Map<string, { item: T; expiry: NodeJS.Timeout }>();
  const kept = new Map<number, T[]>();
  const keyOf = (chatId: number, thread: number | undefined) => `${chatId}/${thread ?? ''}`;
  const dismiss = (chatId: number, thread: number | undefined) => {
    const key = keyOf(chatId, thread);
    clearTimeout(shown.get(key)?.expiry);
    if (shown.delete(key)) changed(chatId, thread);
  };
  return {
    show(item) {
      const { chatId, thread } = item;
      const key = keyOf(chatId, thread);
      clearTimeout(shown.get(key)?.expiry);
      shown.set(key, { item, expiry: setTimeout(() => dismiss(chatId, thread), lifeMs).unref() });
      kept.set(chatId, [...(kept.get(chatId) ?? []), item].slice(-most));
      changed(chatId, thread);
    },
    current: (chatId, thread) => shown.get(keyOf(chatId, thread))?.item,
    dismiss,
    all: (chatId) => [...(kept.get(chatId) ?? [])],
    close() {
      for (const { expiry } of shown.values()) clearTimeout(expiry);
      shown.clear();
    },
  };
}
