import { type Place, replyQueue, writtenSchema } from '@signalbox/contracts';
import { keys, parseStored, retention } from '@signalbox/queues';
import type { ChainableCommander, Redis } from 'ioredis';
import { z } from 'zod';
import type { Kept } from '../deciding/snapshot.ts';

const keptSchema = writtenSchema.and(z.object({ jobId: z.string() }));

/** What people wrote where there was no session, until it is given to one: for 14 days. Every method rejects with Redis's error. */
export interface KeptMessages {
  /** Keeps a message. One that was given away or dropped is not kept again. */
  add(place: Place, message: Kept): Promise<void>;
  /** Puts an edited one in the place of the one that is kept. */
  change(place: Place, message: Kept): Promise<void>;
  /** What is kept in a place, the oldest first; what cannot be read is left out. */
  find(place: Place): Promise<Kept[]>;
  /** These are kept no longer. */
  take(place: Place, messageIds: readonly number[]): Promise<void>;
}

export function createKeptMessages(redis: Redis): KeptMessages {
  const keyOf = ({ chatId, threadId = 0 }: Place) => keys.kept(replyQueue(chatId).name, threadId);
  const fieldOf = ({ origin }: Kept) => String(origin.messageId);
  const write = async (place: Place, fill: (pipeline: ChainableCommander, key: string) => ChainableCommander) => {
    const key = keyOf(place);
    const results = await fill(redis.pipeline(), key).expire(key, retention.answerable).exec();
    for (const [error] of results ?? []) if (error) throw error;
  };
  return {
    add: (place, message) =>
      write(place, (pipeline, key) => pipeline.hsetnx(key, fieldOf(message), JSON.stringify(message))),
    async change(place, message) {
      if (!(await redis.hget(keyOf(place), fieldOf(message)))) return;
      await write(place, (pipeline, key) => pipeline.hset(key, fieldOf(message), JSON.stringify(message)));
    },
    async find(place) {
      const stored = Object.values(await redis.hgetall(keyOf(place)));
      const kept = stored.flatMap((json) => parseStored(keptSchema, json) ?? []);
      return kept.sort((a, b) => a.origin.messageId - b.origin.messageId);
    },
    async take(place, messageIds) {
      if (messageIds.length === 0) return;
      // Not taken out: an update that is delivered again must not keep its message once more.
      const gone = Object.fromEntries(messageIds.map((id) => [String(id), '']));
      await write(place, (pipeline, key) => pipeline.hset(key, gone));
    },
  };
}
