import { execAll, keys, retention } from '@signalbox/queues';
import type { Redis } from 'ioredis';

/** What is known of one part of a reply: nothing, that it was about to be sent, or that it was sent as a message. */
export type PartState = 'unsent' | 'sending' | number;

/**
 * The journal of the outbox: which parts of a reply have been sent. Telegram gives sends no idempotency key, so a part is written down before
 * it is sent and after; one that is found between the two may or may not have been shown. Every method rejects with Redis's error.
 */
export interface SentJournal {
  /** The states of the reply's parts that are known. */
  read(queue: string, replyId: string): Promise<Map<number, PartState>>;
  write(queue: string, replyId: string, part: number, state: PartState): Promise<void>;
  /** Keeps which session the messages that were sent spoke for, so that a person may answer one of them later: for 14 days. */
  keepSpeaker(queue: string, messageIds: readonly number[], session: string): Promise<void>;
  /** The session that a message spoke for, if that is known. */
  speaker(queue: string, messageId: number): Promise<string | undefined>;
}

export function createSentJournal(redis: Redis): SentJournal {
  return {
    async read(queue, replyId) {
      const parts = Object.entries(await redis.hgetall(keys.sent(queue, replyId)));
      return new Map(parts.map(([part, state]) => [Number(part), state === 'sending' ? state : Number(state)]));
    },
    async write(queue, replyId, part, state) {
      const key = keys.sent(queue, replyId);
      const pipeline = redis.pipeline();
      if (state === 'unsent') pipeline.hdel(key, String(part));
      else pipeline.hset(key, String(part), String(state)).expire(key, retention.idempotency);
      await execAll(pipeline);
    },
    async keepSpeaker(queue, messageIds, session) {
      const pipeline = redis.pipeline();
      for (const id of messageIds) pipeline.set(keys.speaker(queue, id), session, 'EX', retention.answerable);
      await execAll(pipeline);
    },
    async speaker(queue, messageId) {
      return (await redis.get(keys.speaker(queue, messageId))) ?? undefined;
    },
  };
}
