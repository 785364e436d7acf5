import { type Place, replyQueue } from '@signalbox/contracts';
import { keys } from '@signalbox/queues';
import type { Redis } from 'ioredis';

/** What the topics are called, as far as the bot has heard of it: Telegram tells no bot when it asks. Every method rejects with Redis's error. */
export interface TopicNames {
  /** `isFirst`: the name that the topic was made with, which may have been changed since. */
  note(place: Place, name: string, isFirst: boolean): Promise<void>;
  find(place: Place): Promise<string | undefined>;
}

/** What is noted already is known to the process, so that not every message of a topic is a write. */
export function createTopicNames(redis: Redis): TopicNames {
  const noted = new Set<string>();
  return {
    async note({ chatId, threadId }, name, isFirst) {
      if (threadId === undefined) return;
      const key = keys.topicNames(replyQueue(chatId).name);
      const known = `${key} ${threadId}`;
      if (isFirst && noted.has(known)) return;
      if (isFirst) await redis.hsetnx(key, String(threadId), name);
      else await redis.hset(key, String(threadId), name);
      noted.add(known);
    },
    async find({ chatId, threadId }) {
      if (threadId === undefined) return undefined;
      return (await redis.hget(keys.topicNames(replyQueue(chatId).name), String(threadId))) ?? undefined;
    },
  };
}
