/** How long "typing…" is shown, milliseconds. */
export const ACTION_LIFE_MS = 5_000;
const KEPT = 500;

/** What the bot was said to be doing. */
export type ShownAction = {
  chatId: number;
  thread: number | undefined;
  /** `typing`, `upload_document` … */
  action: string;
  /** Milliseconds since the epoch. */
  at: number;
};

/** The chat actions of a bot. */
export type ChatActions = {
  show(action: ShownAction): void;
  /** What is shown in a place now. */
  current(chatId: number, thread: number | undefined): ShownAction | undefined;
  dismiss(chatId: number, thread: number | undefined): void;
  /** Every action of a chat, oldest first (the newest 500). */
  list(chatId: number): ShownAction[];
  close(): void;
};

/** @param changed is called with the place whenever what it shows has changed */
export function createChatActions(changed: (chatId: number, thread: number | undefined) => void): ChatActions {
  const shown = new Map<string, { action: ShownAction; expiry: NodeJS.Timeout }>();
  const all = new Map<number, ShownAction[]>();
  const keyOf = (chatId: number, thread: number | undefined) => `${chatId}/${thread ?? ''}`;
  const dismiss = (chatId: number, thread: number | undefined) => {
    const current = shown.get(keyOf(chatId, thread));
    if (current === undefined) return;
    clearTimeout(current.expiry);
    shown.delete(keyOf(chatId, thread));
    changed(chatId, thread);
  };
  return {
    show(action) {
      const { chatId, thread } = action;
      clearTimeout(shown.get(keyOf(chatId, thread))?.expiry);
      const expiry = setTimeout(() => dismiss(chatId, thread), ACTION_LIFE_MS);
      expiry.unref();
      shown.set(keyOf(chatId, thread), { action, expiry });
      all.set(chatId, [...(all.get(chatId) ?? []), action].slice(-KEPT));
      changed(chatId, thread);
    },
    current: (chatId, thread) => shown.get(keyOf(chatId, thread))?.action,
    dismiss,
    list: (chatId) => [...(all.get(chatId) ?? [])],
    close() {
      for (const { expiry } of shown.values()) clearTimeout(expiry);
      shown.clear();
    },
  };
}
