import { type Place, queueRefSchema, replyQueue } from '@signalbox/contracts';
import { resourceKey } from '@signalbox/queues';
import type { Redis } from 'ioredis';
import { z } from 'zod';

const expectationSchema = z.object({ queue: queueRefSchema, questionId: z.string(), prefix: z.string() });

/** What the next text in a place answers: a question, with `prefix` before the text. */
export type Expectation = z.infer<typeof expectationSchema>;

/** Whose next text answers a question. Every method rejects with Redis's error. */
export interface Expectations {
  /** @param userId whose; `undefined`: anybody's */
  set(place: Place, userId: number | undefined, expectation: Expectation): Promise<void>;
  find(place: Place, userId: number): Promise<Expectation | undefined>;
  clear(place: Place, userId: number): Promise<void>;
}

/** As long as a question can be open, in seconds. */
const KEPT_SECONDS = 14 * 86_400;
const ANYBODY = 0;

export function createExpectations(redis: Redis): Expectations {
  const keyOf = ({ chatId, threadId = 0 }: Place, userId: number) =>
    resourceKey(replyQueue(chatId).name, `expects:${threadId}:${userId}`);
  const keysOf = (place: Place, userId: number) => [keyOf(place, userId), keyOf(place, ANYBODY)];
  return {
    async set(place, userId = ANYBODY, expectation) {
      await redis.set(keyOf(place, userId), JSON.stringify(expectation), 'EX', KEPT_SECONDS);
    },
    async find(place, userId) {
      const stored = (await redis.mget(...keysOf(place, userId))).find((json) => json !== null);
      return stored === undefined || stored === null ? undefined : expectationSchema.parse(JSON.parse(stored));
    },
    async clear(place, userId) {
      await redis.del(...keysOf(place, userId));
    },
  };
}
