import { setTimeout as delay } from 'node:timers/promises';

/** How long to wait before try number `attempt` (from 1), in ms: doubling from `first` to `most`, with jitter so that many do not come at once. */
export function backoffMs(attempt: number, first = 200, most = 15_000): number {
  const full = Math.min(most, first * 2 ** Math.min(attempt - 1, 20));
  return full / 2 + (Math.random() * full) / 2;
}

/** A way to wait, so that a test need not. */
export type Pause = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Waits `ms`, less if `signal` is aborted: then it resolves at once. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
}

const FIRST_RETRY_MS = 200;
/** People wait for what is retried: when Redis is back, it should not be long. */
const LONGEST_RETRY_MS = 5_000;

/**
 * Does `work` until it succeeds, with back-off between the tries; for what must not be given up, such as writing down what was accepted.
 * Rejects with the abort reason when `signal` is aborted, or with the error that `giveUp` picks out.
 */
export async function untilDone<T>(
  work: () => Promise<T>,
  options: { signal: AbortSignal; onRetry(error: unknown, attempt: number): void; giveUp?(error: unknown): boolean },
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    options.signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (options.signal.aborted || options.giveUp?.(error)) throw error;
      options.onRetry(error, attempt);
      await pause(backoffMs(attempt, FIRST_RETRY_MS, LONGEST_RETRY_MS), options.signal);
    }
  }
}
