import pRetry from 'p-retry';
import { mayPass } from './passing-errors.ts';

const FIRST_RETRY_MS = 200;
/** People wait for what is retried: when Redis is back, it should not be long. */
const LONGEST_RETRY_MS = 5_000;

/** Does something with Redis, however long it is away. */
export type Surely = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Does `work` however long Redis is away, with back-off between the tries; for what must not be given up, such as writing down what was
 * accepted. Rejects with the reason of `signal` when that is aborted, and at once with an error that is no absence of Redis (`mayPass`).
 */
export async function untilDone<T>(
  work: () => Promise<T>,
  { signal, onRetry }: { signal: AbortSignal; onRetry(error: unknown): void },
): Promise<T> {
  return pRetry(work, {
    signal,
    retries: Number.POSITIVE_INFINITY,
    minTimeout: FIRST_RETRY_MS,
    maxTimeout: LONGEST_RETRY_MS,
    randomize: true,
    shouldRetry({ error }) {
      if (!mayPass(error)) return false;
      if (!signal.aborted) onRetry(error);
      return true;
    },
  });
}
