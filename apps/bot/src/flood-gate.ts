import { resourceKey } from '@signalbox/queues';
import { pause } from '@signalbox/service';
import type { Redis } from 'ioredis';

/** Telegram's word that a chat gets nothing before a certain time. In Redis, so that a restart respects it. */
export interface FloodGate {
  /** Waits until the chat is open. Rejects with Redis's error, or when `signal` is aborted. */
  pass(queue: string, signal: AbortSignal): Promise<void>;
  close(queue: string, forMs: number): Promise<void>;
  /** Whether the chat is known here to be closed; for what is dropped rather than delayed. */
  isClosed(queue: string): boolean;
}

export function createFloodGate(redis: Redis): FloodGate {
  const keyOf = (queue: string) => resourceKey(queue, 'closed');
  const closedUntil = new Map<string, number>();
  return {
    async pass(queue, signal) {
      for (;;) {
        const leftMs = await redis.pttl(keyOf(queue));
        if (leftMs <= 0) break;
        closedUntil.set(queue, Date.now() + leftMs);
        await pause(leftMs + 50, signal);
        signal.throwIfAborted();
      }
      closedUntil.delete(queue);
    },
    async close(queue, forMs) {
      closedUntil.set(queue, Date.now() + forMs);
      await redis.set(keyOf(queue), '1', 'PX', Math.max(1, Math.ceil(forMs)));
    },
    isClosed: (queue) => (closedUntil.get(queue) ?? 0) > Date.now(),
  };
}
