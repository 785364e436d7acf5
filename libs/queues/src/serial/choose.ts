import type { Choice, Subject } from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { keys } from '../redis/schema/schema.ts';
import type { AddJob } from './add-job.ts';
import type { BullQueues } from './bull-queues.ts';
import { callConsumers } from './call-consumers.ts';

/** What a person chose for a job, and the question that they answered by it. */
export interface Chosen {
  readonly choice: Choice;
  readonly questionId: string;
}

/**
 * Carries out what a person chose for a job; doing it again has no further effect. `gone`: the job is no longer kept, or is at another
 * point by now, so that there is nothing to choose. Rejects with Redis's error.
 */
export type Choose = (about: Subject, chosen: Chosen) => Promise<'done' | 'gone'>;

/** The choice is kept before the pause is ended: whoever takes the queue then finds it. */
export function createChoose(redis: Redis, bull: BullQueues, addJob: AddJob): Choose {
  return async ({ queue, jobId }, chosen) => {
    const job = await bull.queue(queue.name).getJob(jobId);
    if (!job) return 'gone';
    const hasFailed = await job.isFailed();
    if (chosen.choice === 'retry') {
      if (!hasFailed) return 'gone';
      // Named by the job that failed, so that two presses are one retry; a retry that fails can be tried again as well.
      await addJob(queue, { id: `${jobId}-again`, name: job.name, data: job.data });
      return 'done';
    }
    if (hasFailed) return chosen.choice === 'drop' ? 'done' : 'gone';
    if (!(await job.isWaiting()) && !(await job.isActive())) return 'gone';
    await redis.hset(keys.chosen(queue.name), jobId, `${chosen.choice} ${chosen.questionId}`);
    await redis.del(keys.paused(queue.name));
    await callConsumers(redis, queue);
    return 'done';
  };
}

/** What was chosen for a job of a queue, if anything was. */
export async function readChosen(redis: Redis, queue: string, jobId: string): Promise<Chosen | undefined> {
  const [, choice, questionId] =
    /^(continue|drop) (.+)$/.exec((await redis.hget(keys.chosen(queue), jobId)) ?? '') ?? [];
  return choice === undefined || questionId === undefined ? undefined : { choice: choice as Choice, questionId };
}
