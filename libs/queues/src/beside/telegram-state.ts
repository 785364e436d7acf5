import { type TelegramCard, telegramCard } from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { parseStored } from '../redis/parse-stored.ts';
import { retention } from '../redis/schema/retention.ts';
import { keys } from '../redis/schema/schema.ts';

/** How the bot gets on with Telegram, for who looks at the health of all. Every method rejects with Redis's error. */
export interface TelegramState {
  /** To be said again and again: what is not is forgotten soon. */
  say(card: TelegramCard): Promise<void>;
  /** `undefined`: no bot takes messages, or tries to. */
  read(): Promise<TelegramCard | undefined>;
}

export function createTelegramState(redis: Redis): TelegramState {
  return {
    async say(card) {
      await redis.set(keys.telegram(), JSON.stringify(card), 'EX', retention.sign);
    },
    async read() {
      return parseStored(telegramCard, await redis.get(keys.telegram()));
    },
  };
}
