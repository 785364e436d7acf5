import { placeSchema, queueRefSchema } from '@signalbox/contracts';
import { keys, parseStored } from '@signalbox/queues';
import type { Redis } from 'ioredis';
import { z } from 'zod';

const noticeSchema = z.object({
  queue: queueRefSchema,
  place: placeSchema,
  /** The message that waits. */
  replyTo: z.number().int(),
  /** The message that says so, and which number it shows. */
  messageId: z.number().int(),
  shown: z.number().int(),
});
/** A message that says that another one waits in line. */
export type ShownNotice = z.infer<typeof noticeSchema>;

/**
 * The messages that say that others wait, by the job that waits. They are kept in Redis, so that the next bot keeps them up to date.
 * Every method rejects with Redis's error.
 */
export interface NoticeMessages {
  keep(jobId: string, notice: ShownNotice): Promise<void>;
  forget(jobId: string): Promise<void>;
  all(): Promise<[jobId: string, notice: ShownNotice][]>;
}

export function createNoticeMessages(redis: Redis, botId: number): NoticeMessages {
  const key = keys.queueNotices(botId);
  return {
    keep: async (jobId, notice) => void (await redis.hset(key, jobId, JSON.stringify(notice))),
    forget: async (jobId) => void (await redis.hdel(key, jobId)),
    async all() {
      return Object.entries(await redis.hgetall(key)).flatMap(([jobId, json]) => {
        const notice = parseStored(noticeSchema, json);
        return notice ? [[jobId, notice]] : [];
      });
    },
  };
}
