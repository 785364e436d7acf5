import { type Place, replyQueue } from '@signalbox/contracts';
import { keys, parseStored, retention } from '@signalbox/queues';
import type { Redis } from 'ioredis';
import { z } from 'zod';

const talkSchema = z.object({ messageId: z.number().int(), by: z.string(), text: z.string() });
/** What somebody said in a group that was not for Claude. */
export type Talk = z.infer<typeof talkSchema>;

/** What is said in groups between the messages for Claude, and what was taken last. Every method rejects with Redis's error. */
export interface GroupTalk {
  /** Remembers what was said, and of it all the last `most`. May be done again. */
  remember(place: Place, talk: Talk, most: number): Promise<void>;
  /** What was said before a message since it was last forgotten, the oldest first. */
  before(place: Place, messageId: number): Promise<Talk[]>;
  /** Forgets what was said before a message. May be done again. */
  forgetBefore(place: Place, messageId: number): Promise<void>;
  /** Notes that something was taken: an album, or what a person says in a place. `at`: when it was sent, in s since the epoch. */
  noteTaken(chatId: number, what: string, at: number): Promise<void>;
  /** When that was taken last, in s since the epoch. */
  takenAt(chatId: number, what: string): Promise<number | undefined>;
}

export function createGroupTalk(redis: Redis): GroupTalk {
  const talkOf = ({ chatId, threadId = 0 }: Place) => keys.talk(replyQueue(chatId).name, threadId);
  const takenOf = (chatId: number, what: string) => keys.taken(replyQueue(chatId).name, what);
  return {
    async remember(place, talk, most) {
      const key = talkOf(place);
      await redis.zadd(key, talk.messageId, JSON.stringify(talk));
      await redis.zremrangebyrank(key, 0, -1 - most);
      await redis.expire(key, retention.idempotency);
    },
    async before(place, messageId) {
      const stored = await redis.zrange(talkOf(place), '-inf', `(${messageId}`, 'BYSCORE');
      return stored.flatMap((json) => parseStored(talkSchema, json) ?? []);
    },
    async forgetBefore(place, messageId) {
      await redis.zremrangebyscore(talkOf(place), '-inf', `(${messageId}`);
    },
    async noteTaken(chatId, what, at) {
      await redis.set(takenOf(chatId, what), at, 'EX', retention.sentAtOnce);
    },
    async takenAt(chatId, what) {
      const at = await redis.get(takenOf(chatId, what));
      return at === null ? undefined : Number(at);
    },
  };
}
