/** A question about how things are is not worth answering when it has waited longer than this, in ms. */
const EXPIRES_AFTER_MS = 60_000;

/** The notice for a command that waited too long in its queue; `undefined` if it did not. `addedAt`, `now`: in ms since the epoch. */
export function expiredNotice(command: string, addedAt: number, now: number): string | undefined {
  if (now - addedAt <= EXPIRES_AFTER_MS) return undefined;
  return `⌛ /${command} expired: it waited for more than ${EXPIRES_AFTER_MS / 1_000} s, and nothing was asked. Send it again.`;
}
