import { noticeReplyId } from '@signalbox/contracts';
import type { TakenJob } from '@signalbox/queues';

/** Clocks differ, and a limit may lift a little late: so much is waited beyond the time that was named, in ms. */
const MARGIN_MS = 1_000;
/** A limit that holds beyond its time is tried again after so long, in ms. */
const AGAIN_AFTER_MS = 30_000;
/** One that holds for so long beyond its time does not lift by waiting, in ms. */
const NO_LONGER_TRUE_MS = 10 * 60_000;

/** How long a session waits for a usage limit that is to lift at `retryAt`, in ms; `undefined` if waiting is of no use. */
export function limitPauseMs(retryAt: number, now: number): number | undefined {
  const leftMs = retryAt - now;
  if (leftMs > 0) return leftMs + MARGIN_MS;
  return leftMs > -NO_LONGER_TRUE_MS ? AGAIN_AFTER_MS : undefined;
}

/**
 * Names the question that is asked at a limit. The same limit is the same question until somebody answers it: then it is another, so
 * that its buttons come back and the answer does not end the next pause as well.
 */
export function limitQuestion({ id, chosen }: Pick<TakenJob, 'id' | 'chosen'>, retryAt: number): string {
  const what = `limit-${retryAt}`;
  const answered = chosen?.questionId ?? '';
  return answered.startsWith(noticeReplyId(id, what)) ? `${answered.slice(noticeReplyId(id, '').length)}-again` : what;
}
