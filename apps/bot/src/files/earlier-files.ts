import { type EarlierFile, earlierFileSchema, replyQueue } from '@signalbox/contracts';
import { keys, parseStored, retention } from '@signalbox/queues';
import type { Redis } from 'ioredis';

/** A message with files, and the album that it is part of. */
export interface FileMessage {
  readonly chatId: number;
  readonly messageId: number;
  readonly album?: string | undefined;
}

/**
 * What Telegram does not give again of messages with files, for 90 days: which others an album has, and where Claude had what it sent.
 * Every method rejects with Redis's error.
 */
export interface EarlierFiles {
  /** Keeps files of a message. May be done again. */
  keep(message: FileMessage, files: readonly EarlierFile[]): Promise<void>;
  /** The files of a message's album, or of itself; none if they are not kept. */
  find(message: FileMessage): Promise<EarlierFile[]>;
}

export function createEarlierFiles(redis: Redis): EarlierFiles {
  const keyOf = ({ chatId, messageId, album }: FileMessage) =>
    keys.earlierFiles(replyQueue(chatId).name, album === undefined ? `message-${messageId}` : `album-${album}`);
  return {
    async keep(message, files) {
      const fields = files.map((file) => [file.uniqueId, JSON.stringify({ messageId: message.messageId, ...file })]);
      const pipeline = redis.pipeline().hset(keyOf(message), Object.fromEntries(fields));
      for (const [error] of (await pipeline.expire(keyOf(message), retention.repliable).exec()) ?? [])
        if (error) throw error;
    },
    async find(message) {
      const stored = await redis.hvals(keyOf(message));
      const files = stored.flatMap((json) => parseStored(earlierFileSchema, json) ?? []);
      return files.toSorted((a, b) => (a.messageId ?? 0) - (b.messageId ?? 0));
    },
  };
}
