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
  /** What a text of that person there may answer: what only they can first. */
  find(place: Place, userId: number): Promise<Expectation[]>;
  /** Takes away what is expected there for this question, and for no other. */
  clear(place: Place, userId: number, questionId: string): Promise<void>;
}

/** As long as a question can be open, in seconds. */
const KEPT_SECONDS = 14 * 86_400;
const ANYBODY = 0;

/** KEYS: expectations · ARGV: question */
const CLEAR = `
for _, key in ipairs(KEYS) do
  local stored = redis.call('GET', key)
  if stored and cjson.decode(stored).questionId == ARGV[1] then redis.call('DEL', key) end
end`;

export function createExpectations(redis: Redis): Expectations {
  const keyOf = ({ chatId, threadId = 0 }: Place, userId: number) =>
    resourceKey(replyQueue(chatId).name, `expects:${threadId}:${userId}`);
  const keysOf = (place: Place, userId: number) => [keyOf(place, userId), keyOf(place, ANYBODY)];
  return {
    async set(place, userId = ANYBODY, expectation) {
      await redis.set(keyOf(place, userId), JSON.stringify(expectation), 'EX', KEPT_SECONDS);
    },
    async find(place, userId) {
      const stored = await redis.mget(...keysOf(place, userId));
      return stored.flatMap((json) => (json === null ? [] : [expectationSchema.parse(JSON.parse(json))]));
    },
    async clear(place, userId, questionId) {
      const keys = keysOf(place, userId);
      await redis.eval(CLEAR, keys.length, ...keys, questionId);
    },
  };
}
