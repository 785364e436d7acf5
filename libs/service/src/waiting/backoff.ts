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
