import type { MessageEntity } from '../protocol/api-types.ts';

/** How long a draft stays unless it is refreshed, milliseconds. */
export const DRAFT_LIFE_MS = 30_000;
/** How many frames of a place are remembered. */
const FRAMES_KEPT = 2_000;

/** A partial message as a person sees it while it is written. */
export type ShownDraft = {
  chatId: number;
  thread: number | undefined;
  draftId: number;
  text: string;
  entities: MessageEntity[];
  canStop: boolean;
  keepOnStop: boolean;
  /** When this frame came, milliseconds since the epoch. */
  at: number;
};

/** The drafts of a bot: at most one is shown in a place. */
export type Drafts = {
  show(draft: ShownDraft): void;
  /** The draft shown there now. */
  get(chatId: number, thread?: number): ShownDraft | undefined;
  /** Takes it away, as a real message or the end of its life does. */
  dismiss(chatId: number, thread: number | undefined): void;
  /** Every frame that was shown in a chat, oldest first (the newest 2,000). */
  frames(chatId: number): ShownDraft[];
  close(): void;
};

/** @param changed is called with the place whenever what it shows has changed */
export function createDrafts(changed: (chatId: number, thread: number | undefined) => void): Drafts {
  const shown = new Map<string, { draft: ShownDraft; expiry: NodeJS.Timeout }>();
  const frames = new Map<number, ShownDraft[]>();
  const keyOf = (chatId: number, thread: number | undefined) => `${chatId}/${thread ?? ''}`;
  const dismiss = (chatId: number, thread: number | undefined) => {
    const key = keyOf(chatId, thread);
    const current = shown.get(key);
    if (current === undefined) return;
    clearTimeout(current.expiry);
    shown.delete(key);
    changed(chatId, thread);
  };
  return {
    show(draft) {
      const { chatId, thread } = draft;
      clearTimeout(shown.get(keyOf(chatId, thread))?.expiry);
      const expiry = setTimeout(() => dismiss(chatId, thread), DRAFT_LIFE_MS);
      expiry.unref();
      shown.set(keyOf(chatId, thread), { draft, expiry });
      frames.set(chatId, [...(frames.get(chatId) ?? []), draft].slice(-FRAMES_KEPT));
      changed(chatId, thread);
    },
    get: (chatId, thread) => shown.get(keyOf(chatId, thread))?.draft,
    dismiss,
    frames: (chatId) => [...(frames.get(chatId) ?? [])],
    close() {
      for (const { expiry } of shown.values()) clearTimeout(expiry);
      shown.clear();
    },
  };
}
