import { type Place, queueRefSchema, replyQueue } from '@signalbox/contracts';
import { resourceKey } from '@signalbox/queues';
import type { Redis } from 'ioredis';
import { z } from 'zod';

const expectationSchema = z.object({ queue: queueRefSchema, questionId: z.string(), prefix: z.string() });

/** What the next text in a place answers: a question, with `prefix` before the text. */
export type Expectation = z.infer<typeof expectationSchema>;

const storedSchema = z.union([expectationSchema, expectationSchema.array()]);

/** Whose next text answers a question. Every method rejects with Redis's error. */
export interface Expectations {
  /** What is expected for other questions stays. @param userId whose; `undefined`: anybody's */
  set(place: Place, userId: number | undefined, expectation: Expectation): Promise<void>;
  /** What a text of that person there may answer: what only they can first, and the newest first. */
  find(place: Place, userId: number): Promise<Expectation[]>;
  /** Takes away what is expected there for this question, and for no other. */
  clear(place: Place, userId: number, questionId: string): Promise<void>;
}

/** As long as a question can be open, in seconds. */
const KEPT_SECONDS = 14 * 86_400;
const ANYBODY = 0;

/**
 * Takes out what is expected for a question, and puts something before the rest.
 * KEYS: expectations · ARGV: question, seconds to keep, expectation or nothing
 */
const CHANGE = `
for _, key in ipairs(KEYS) do
  local kept = {}
  if ARGV[3] then kept[1] = cjson.decode(ARGV[3]) end
  local stored = redis.call('GET', key)
  local before = stored and cjson.decode(stored) or {}
  -- The version before kept one, not a list.
  if before.questionId then before = { before } end
  for _, each in ipairs(before) do
    if each.questionId ~= ARGV[1] then kept[#kept + 1] = each end
  end
  if #kept == 0 then redis.call('DEL', key) else redis.call('SET', key, cjson.encode(kept), 'EX', ARGV[2]) end
end`;

export function createExpectations(redis: Redis): Expectations {
  const keyOf = ({ chatId, threadId = 0 }: Place, userId: number) =>
    resourceKey(replyQueue(chatId).name, `expects:${threadId}:${userId}`);
  const keysOf = (place: Place, userId: number) => [keyOf(place, userId), keyOf(place, ANYBODY)];
  return {
    async set(place, userId = ANYBODY, expectation) {
      const added = [expectation.questionId, KEPT_SECONDS, JSON.stringify(expectation)];
      await redis.eval(CHANGE, 1, keyOf(place, userId), ...added);
    },
    async find(place, userId) {
      const stored = await redis.mget(...keysOf(place, userId));
      return stored.flatMap((json) => (json === null ? [] : storedSchema.parse(JSON.parse(json))));
    },
    async clear(place, userId, questionId) {
      const keys = keysOf(place, userId);
      await redis.eval(CHANGE, keys.length, ...keys, questionId, KEPT_SECONDS);
    },
  };
}
