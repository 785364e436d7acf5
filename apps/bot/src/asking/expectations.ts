import { type Place, replyQueue, subjectSchema } from '@signalbox/contracts';
import { changeExpected, keys, parseStored, retention, runScript } from '@signalbox/queues';
import type { Redis } from 'ioredis';
import { z } from 'zod';

const expectationSchema = z.object({ about: subjectSchema, questionId: z.string(), prefix: z.string() });

/** What the next text in a place answers: a question about this, with `prefix` before the text. */
export type Expectation = z.infer<typeof expectationSchema>;

/** Whose next text answers a question. Every method rejects with Redis's error. */
export interface Expectations {
  /** What is expected for other questions stays. @param userId whose; `undefined`: anybody's */
  set(place: Place, userId: number | undefined, expectation: Expectation): Promise<void>;
  /** What a text of that person there may answer: what only they can first, and the newest first. What cannot be read is not waited for. */
  find(place: Place, userId: number): Promise<Expectation[]>;
  /** Takes away what is expected there for this question, and for no other. */
  clear(place: Place, userId: number, questionId: string): Promise<void>;
}

const ANYBODY = 0;

export function createExpectations(redis: Redis): Expectations {
  const keyOf = ({ chatId, threadId = 0 }: Place, userId: number) =>
    keys.expected(replyQueue(chatId).name, threadId, userId);
  const keysOf = (place: Place, userId: number) => [keyOf(place, userId), keyOf(place, ANYBODY)];
  return {
    async set(place, userId = ANYBODY, expectation) {
      const added = [expectation.questionId, retention.answerable, JSON.stringify(expectation)];
      await runScript(redis, changeExpected, [keyOf(place, userId)], added);
    },
    async find(place, userId) {
      const stored = await redis.mget(...keysOf(place, userId));
      return stored.flatMap((json) => parseStored(expectationSchema.array(), json) ?? []);
    },
    async clear(place, userId, questionId) {
      const gone = [questionId, retention.answerable];
      for (const key of keysOf(place, userId)) await runScript(redis, changeExpected, [key], gone);
    },
  };
}
