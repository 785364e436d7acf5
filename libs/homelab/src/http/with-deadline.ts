/** What took longer than it may; `timeoutMs` is what it had. */
export class TimedOut extends Error {
  readonly timeoutMs: number;
  constructor(timeoutMs: number) {
    super(`no end within ${timeoutMs} ms`);
    this.timeoutMs = timeoutMs;
  }
}

/** What is no longer wanted. */
export class GivenUp extends Error {}

/**
 * Does `work` within `timeoutMs`, else rejects with `TimedOut`, or with `GivenUp` when `signal` is aborted. It rejects at that moment, also
 * if `work` does not listen: a connection that is being made cannot be aborted.
 */
export async function withDeadline<T>(
  timeoutMs: number,
  signal: AbortSignal | undefined,
  work: (stop: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const giveUp = () => stop.abort(new GivenUp('no longer wanted'));
  const timer = setTimeout(() => stop.abort(new TimedOut(timeoutMs)), timeoutMs);
  if (signal?.aborted) giveUp();
  signal?.addEventListener('abort', giveUp);
  const stopped = new Promise<never>((_, reject) => {
    if (stop.signal.aborted) reject(stop.signal.reason);
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason));
  });
  try {
    return await Promise.race([stopped, work(stop.signal)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  }
}
