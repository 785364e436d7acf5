import { keys } from '@signalbox/queues';
import type { Pause } from '@signalbox/service';
import type { Redis } from 'ioredis';

/** Telegram's word that a chat gets nothing before a certain time. In Redis, so that a restart respects it. */
export interface FloodGate {
  /**
   * Waits until the chat is open. Redis is asked once; after that only this process can close it, for it holds the chat's outbox.
   * Rejects with Redis's error, or when `signal` is aborted.
   */
  pass(queue: string, signal: AbortSignal): Promise<void>;
  close(queue: string, forMs: number): Promise<void>;
  /** Whether the chat is known here to be closed; for what is dropped rather than delayed. */
  isClosed(queue: string): boolean;
  /** The chat's outbox was given up: another process may close the chat from now on. */
  forget(queue: string): void;
}

export function createFloodGate(redis: Redis, pause: Pause): FloodGate {
  /** Until when each chat whose state is known is closed, in ms since the epoch. */
  const closedUntil = new Map<string, number>();
  const leftMs = (queue: string) => (closedUntil.get(queue) ?? 0) - Date.now();
  return {
    async pass(queue, signal) {
      if (!closedUntil.has(queue)) closedUntil.set(queue, Date.now() + (await redis.pttl(keys.closed(queue))));
      while (leftMs(queue) > 0) {
        await pause(leftMs(queue) + 50, signal);
        signal.throwIfAborted();
      }
    },
    async close(queue, forMs) {
      closedUntil.set(queue, Date.now() + forMs);
      await redis.set(keys.closed(queue), '1', 'PX', Math.max(1, Math.ceil(forMs)));
    },
    isClosed: (queue) => leftMs(queue) > 0,
    forget: (queue) => void closedUntil.delete(queue),
  };
}
