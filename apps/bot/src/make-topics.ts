import type { Place } from '@signalbox/contracts';
import { resourceKey } from '@signalbox/queues';
import type { Redis } from 'ioredis';
import { type TelegramApi, TelegramFailure } from './telegram-api.ts';

/** Makes a forum topic for a job, once. Resolves to it, or to Telegram's reason why there can be none. */
export type MakeTopic = (jobId: string, chatId: number, name: string) => Promise<Place | { refused: string }>;

/** As long as Telegram delivers an update again, and as long again, in seconds. */
const KEPT_SECONDS = 172_800;

/**
 * A bot that dies between making a topic and noting it leaves an empty one behind, and the next makes another: that is all that can go
 * wrong. Rejects with Redis's error, and with `TelegramFailure` if Telegram does not answer: the update is then taken again.
 */
export function createMakeTopic(redis: Redis, api: Pick<TelegramApi, 'createTopic'>): MakeTopic {
  return async (jobId, chatId, name) => {
    const key = resourceKey('topics', jobId);
    const known = await redis.get(key);
    if (known !== null) return { chatId, threadId: Number(known) };
    try {
      const threadId = await api.createTopic(chatId, name);
      await redis.set(key, threadId, 'EX', KEPT_SECONDS);
      return { chatId, threadId };
    } catch (error) {
      // One that may have been made is not made again: then the session is where it was asked for.
      if (!(error instanceof TelegramFailure) || !['refused', 'unsure'].includes(error.kind)) throw error;
      return { refused: reasonOf(error) };
    }
  };
}

function reasonOf({ kind, message }: TelegramFailure): string {
  if (kind === 'unsure') return 'Telegram did not answer';
  if (/not a forum/i.test(message)) return 'this chat has no topics';
  return /rights|administrator|forbidden/i.test(message) ? 'the bot may not manage topics here' : message;
}
