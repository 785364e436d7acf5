import { type Place, placeKey } from '@signalbox/contracts';
import { keys } from '@signalbox/queues';
import type { Redis } from 'ioredis';

/**
 * The messages that show running turns. They are kept in Redis, so that the next bot takes away what one that was killed has left
 * behind. Every method rejects with Redis's error.
 */
export interface LiveMessages {
  keep(place: Place, messageId: number): Promise<void>;
  forget(place: Place): Promise<void>;
  all(): Promise<{ place: Place; messageId: number }[]>;
}

export function createLiveMessages(redis: Redis, botId: number): LiveMessages {
  const key = keys.liveMessages(botId);
  return {
    keep: async (place, messageId) => void (await redis.hset(key, placeKey(place), String(messageId))),
    forget: async (place) => void (await redis.hdel(key, placeKey(place))),
    async all() {
      const entries = Object.entries(await redis.hgetall(key));
      return entries.map(([place, messageId]) => {
        const [chatId = 0, threadId = 0] = place.split(':').map(Number);
        return { place: threadId === 0 ? { chatId } : { chatId, threadId }, messageId: Number(messageId) };
      });
    },
  };
}
