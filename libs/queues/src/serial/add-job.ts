import type { QueueRef } from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { keys, pendingKey, readyChannel } from '../redis/keys.ts';
import type { BullQueues } from './bull-queues.ts';

/** What is added to a queue. */
export interface NewEntry {
  /** The same cause must give the same id: an id that the queue still knows is not added again. */
  readonly id: string;
  /** Shown by Bull Board. */
  readonly name: string;
  readonly data: object;
}

/** Adds an entry durably and calls its consumers. Rejects with Redis's error: the caller must then add it again, with the same id. */
export type AddJob = (queue: QueueRef, entry: NewEntry) => Promise<void>;

/**
 * The queue is marked as pending before the entry and again after it: before, so that a crash in between leaves nothing unseen;
 * after, because a consumer that found the queue empty may just have taken the mark away.
 */
export function createAddJob(redis: Redis, bull: BullQueues): AddJob {
  return async ({ name, group }, entry) => {
    await Promise.all([
      redis.sadd(pendingKey(group), name),
      redis.zadd(keys.queues, Date.now(), name),
      bull.queue(name).add(entry.name, entry.data, { jobId: entry.id }),
    ]);
    // As a rule the mark is still there: then this writes nothing, and the signal need not wait for Redis's disk.
    const results = await redis.pipeline().sadd(pendingKey(group), name).publish(readyChannel(group), name).exec();
    for (const [error] of results ?? []) if (error) throw error;
  };
}
