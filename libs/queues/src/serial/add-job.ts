import type { QueueRef } from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { keys } from '../redis/schema/schema.ts';
import type { BullQueues } from './bull-queues.ts';
import { callConsumers } from './call-consumers.ts';

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
  return async (queue, entry) => {
    const { name, group } = queue;
    await Promise.all([
      redis.sadd(keys.pending(group), name),
      redis.zadd(keys.queues(), Date.now(), name),
      bull.queue(name).add(entry.name, entry.data, { jobId: entry.id }),
    ]);
    await callConsumers(redis, queue);
  };
}
