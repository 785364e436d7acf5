/** How long a chat whose draft was refused sees messages instead, in ms. */
const WITHOUT_FOR_MS = 3_600_000;

/** In which chats Telegram has refused a draft, for whatever reason. All views of this process share what one has found out. */
export class DraftRefusals {
  /** By chat, in ms of the monotonic clock. */
  readonly #until = new Map<number, number>();

  note(chatId: number): void {
    this.#until.set(chatId, performance.now() + WITHOUT_FOR_MS);
  }

  /** Whether drafts are not even tried there now. */
  hold(chatId: number): boolean {
    return performance.now() < (this.#until.get(chatId) ?? Number.NEGATIVE_INFINITY);
  }
}
