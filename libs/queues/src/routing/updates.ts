import { type JobSubject, jobSubjectSchema } from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { parseStored } from '../redis/parse-stored.ts';
import { retention } from '../redis/schema/retention.ts';
import { keys } from '../redis/schema/schema.ts';

/** What became of Telegram's updates and messages, for the idempotency window. Every method rejects with Redis's error. */
export interface Updates {
  /**
   * Keeps what was first decided for an update: a redelivered update must not be decided anew, because the place may by then talk to
   * another session. Resolves to the decision that holds.
   */
  decideOnce(botId: number, updateId: number, decision: string): Promise<string>;
  /** What was decided for an update that comes again. */
  decided(botId: number, updateId: number): Promise<string | undefined>;
  /** Notes which job a Telegram message became, so that an edit of the message finds it. */
  keepJobOfMessage(chatId: number, messageId: number, job: JobSubject): Promise<void>;
  jobOfMessage(chatId: number, messageId: number): Promise<JobSubject | undefined>;
}

/** Each entry is a key of its own, so that Redis takes it away by itself. */
export function createUpdates(redis: Redis): Updates {
  return {
    async decideOnce(botId, updateId, decision) {
      const key = keys.decision(botId, updateId);
      const first = await redis.set(key, decision, 'EX', retention.idempotency, 'NX');
      return first === 'OK' ? decision : ((await redis.get(key)) ?? decision);
    },
    decided: async (botId, updateId) => (await redis.get(keys.decision(botId, updateId))) ?? undefined,
    async keepJobOfMessage(chatId, messageId, job) {
      await redis.set(keys.message(chatId, messageId), JSON.stringify(job), 'EX', retention.idempotency);
    },
    jobOfMessage: async (chatId, messageId) =>
      parseStored(jobSubjectSchema, await redis.get(keys.message(chatId, messageId))),
  };
}
