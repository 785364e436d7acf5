import { words } from './words.ts';

/** From when on a message is late, in ms. */
const LATE_AFTER_MS = 120_000;

/** When a message went its way, in ms since the epoch. */
export interface Passage {
  /** Taken by Telegram. */
  readonly sentAt: number;
  /** Added to its session's queue, by the bot. */
  readonly addedAt: number;
  /** Since when this worker serves the session. */
  readonly servedSince: number;
}

/**
 * What is said of a message that is only handled now because nothing served it: no bot took it, or no worker was there. One that waited
 * behind earlier turns is not late: its place in the queue was told. `undefined`: nothing.
 */
export function describeLateness({ sentAt, addedAt, servedSince }: Passage, now: number): string | undefined {
  const unservedMs = Math.max(addedAt, servedSince) - sentAt;
  return unservedMs >= LATE_AFTER_MS ? words.late(now - sentAt) : undefined;
}
