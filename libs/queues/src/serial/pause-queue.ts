import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { keys } from '../redis/schema/schema.ts';
import { readChosen } from './read-chosen.ts';

/**
 * Thrown by a handler to put its job back to the head of its queue and to keep every process from the queue: for `forMs`, or without
 * end, unless the question `questionId` is answered before.
 */
export class PauseQueue extends Error {
  override name = 'PauseQueue';
  readonly questionId: string;
  readonly forMs: number | undefined;
  constructor(reason: string, { questionId, forMs }: { questionId: string; forMs?: number }) {
    super(reason);
    this.questionId = questionId;
    this.forMs = forMs;
  }
}

/** Puts a fetched job back and keeps every process from its queue. For the holder of the lease, which then gives it up. */
export async function pauseQueue(redis: Redis, job: Job, { forMs, questionId }: PauseQueue): Promise<void> {
  const id = job.id ?? '';
  const key = keys.paused(job.queueName);
  await redis.hset(keys.pausedJobs(job.queueName), id, '1');
  await job.moveToWait(job.token);
  if (forMs === undefined) await redis.set(key, id);
  else await redis.set(key, id, 'PX', Math.max(1, Math.ceil(forMs)));
  // An answer that comes from now on ends the pause; one that came before must end it here.
  if ((await readChosen(redis, job.queueName, id))?.questionId === questionId) await redis.del(key);
}
