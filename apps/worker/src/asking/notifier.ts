/** Tells those who wait that something may have changed, so that they look again: an event without content, which may come too often. */
export interface Notifier {
  notify(): void;
  /** Calls `look` at once and at every notification until `signal` is aborted, one at a time; one meanwhile is not lost. */
  follow(look: () => Promise<void>, signal: AbortSignal): Promise<void>;
}

/** A notifier of its own for whoever holds a session: signals to the session reach whoever waits in it. */
export function createNotifier(): Notifier {
  const target = new EventTarget();
  return {
    notify: () => void target.dispatchEvent(new Event('notified')),
    async follow(look, signal) {
      let isDue = true;
      let resume = () => {};
      const onNotified = () => {
        isDue = true;
        resume();
      };
      target.addEventListener('notified', onNotified);
      signal.addEventListener('abort', onNotified, { once: true });
      try {
        while (!signal.aborted) {
          if (isDue) {
            isDue = false;
            await look();
          } else
            await new Promise<void>((resolve) => {
              resume = resolve;
            });
        }
      } finally {
        target.removeEventListener('notified', onNotified);
        signal.removeEventListener('abort', onNotified);
      }
    },
  };
}
