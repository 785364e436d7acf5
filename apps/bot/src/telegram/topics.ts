import type { Place } from '@signalbox/contracts';
import { keys, retention } from '@signalbox/queues';
import type { Redis } from 'ioredis';
import { type TelegramApi, TelegramFailure } from './telegram-api.ts';

/** Makes a forum topic for a job, once. Resolves to it, or to Telegram's reason why there can be none. */
export type MakeTopic = (jobId: string, chatId: number, name: string) => Promise<Place | { refused: string }>;

/**
 * A bot that dies between making a topic and noting it leaves an empty one behind, and the next makes another: that is all that can go
 * wrong. Rejects with Redis's error, and with `TelegramFailure` if Telegram cannot be reached: the update is then taken again. All else is
 * a refusal, for nobody else's message may wait for a topic.
 */
export function createMakeTopic(redis: Redis, api: Pick<TelegramApi, 'createTopic'>): MakeTopic {
  return async (jobId, chatId, name) => {
    const key = keys.topic(jobId);
    const known = await redis.get(key);
    if (known !== null) return { chatId, threadId: Number(known) };
    try {
      const threadId = await api.createTopic(chatId, name);
      await redis.set(key, threadId, 'EX', retention.idempotency);
      return { chatId, threadId };
    } catch (error) {
      if (!(error instanceof TelegramFailure) || error.kind === 'unreachable') throw error;
      return { refused: reasonOf(error) };
    }
  };
}

function reasonOf({ kind, message, retryAfterMs }: TelegramFailure): string {
  // It may have been made; then it is not made again.
  if (kind === 'unsure') return 'Telegram did not answer';
  if (kind === 'flood') return `Telegram allows the next one in ${Math.ceil(retryAfterMs / 1_000)} s`;
  if (kind === 'server') return 'Telegram is out of order';
  if (/not a forum/i.test(message)) return 'this chat has no topics';
  return /rights|administrator|forbidden/i.test(message) ? 'the bot may not manage topics here' : message;
}
