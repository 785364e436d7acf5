import type { ShownMessage } from './shown-message.ts';

/** What has changed for who looks at the chats. */
export type Change =
  | { kind: 'message'; chatId: number; message: ShownMessage }
  | { kind: 'draft' | 'action'; chatId: number; thread: number | undefined }
  | { kind: 'answer'; chatId: number; queryId: string }
  | { kind: 'commands' | 'chats' }
  | { kind: 'call' | 'updates' };

/** How long and for what {@link Watch.waitFor} waits. */
export type WaitOptions = {
  /** Milliseconds (60,000): a busy machine may need them, and nothing is slower for it. */
  timeoutMs?: number;
  /** What is waited for, for the error. */
  describe?: string;
};

/** Changes, and waiting for them without polling. */
export type Watch = {
  tell(change: Change): void;
  on(listener: (change: Change) => void): () => void;
  /**
   * Looks now and after every change until `look` gives something truthy.
   * @param dump writes down what there is, for the error
   * @throws Error when the time is over, with the dump
   */
  waitFor<T>(look: () => T | undefined | null | false, dump: () => string, options: WaitOptions): Promise<T>;
};

/** A watch with no listeners. */
export function createWatch(): Watch {
  const listeners = new Set<(change: Change) => void>();
  const on = (listener: (change: Change) => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  return {
    tell(change) {
      for (const listener of [...listeners]) listener(change);
    },
    on,
    waitFor<T>(look: () => T | undefined | null | false, dump: () => string, options: WaitOptions): Promise<T> {
      const { timeoutMs = 60_000, describe = 'what was expected' } = options;
      return new Promise<T>((resolve, reject) => {
        const settle = (act: () => void) => {
          clearTimeout(timer);
          stop();
          act();
        };
        const check = () => {
          try {
            const found = look();
            if (found) settle(() => resolve(found));
          } catch (error) {
            settle(() => reject(error));
          }
        };
        const giveUp = () => reject(new Error(`Waited ${timeoutMs} ms in vain for ${describe}. ${dump()}`));
        const timer = setTimeout(() => settle(giveUp), timeoutMs);
        const stop = on(check);
        check();
      });
    },
  };
}
