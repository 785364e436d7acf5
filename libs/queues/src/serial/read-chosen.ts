import type { Choice } from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { keys } from '../redis/schema/schema.ts';

/** What a person chose for a job, and the question that they answered by it. */
export interface Chosen {
  readonly choice: Choice;
  readonly questionId: string;
}

/** What was chosen last for a job of a queue that is not done, if anything was. */
export async function readChosen(redis: Redis, queue: string, jobId: string): Promise<Chosen | undefined> {
  const [, choice, questionId] =
    /^(continue|drop) (.+)$/.exec((await redis.hget(keys.chosen(queue), jobId)) ?? '') ?? [];
  return choice === undefined || questionId === undefined ? undefined : { choice: choice as Choice, questionId };
}
