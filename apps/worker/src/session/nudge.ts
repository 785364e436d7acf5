/** Calls those who wait: something may have changed, so that they look again. */
export interface Nudge {
  ring(): void;
  /** Calls `look` at once and at every ring until `signal` is aborted, one at a time; a ring meanwhile is not lost. */
  follow(look: () => Promise<void>, signal: AbortSignal): Promise<void>;
}

export function createNudge(): Nudge {
  const bell = new EventTarget();
  return {
    ring: () => void bell.dispatchEvent(new Event('ring')),
    async follow(look, signal) {
      let isDue = true;
      let wake = () => {};
      const onRing = () => {
        isDue = true;
        wake();
      };
      bell.addEventListener('ring', onRing);
      signal.addEventListener('abort', onRing, { once: true });
      try {
        while (!signal.aborted) {
          if (isDue) {
            isDue = false;
            await look();
          } else
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
        }
      } finally {
        bell.removeEventListener('ring', onRing);
        signal.removeEventListener('abort', onRing);
      }
    },
  };
}
