export interface StopSignals {
  /** Resolves at the first signal that asks for the end. */
  readonly first: Promise<void>;
}

/** Listens for Ctrl-C and its like, from now on. `onSecond` is called for every further signal. */
export function listenForStop(onSecond: () => void): StopSignals {
  let count = 0;
  const first = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        count += 1;
        if (count === 1) resolve();
        else onSecond();
      });
    }
  });
  return { first };
}
