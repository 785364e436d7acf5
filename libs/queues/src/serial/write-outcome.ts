import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { mayPass } from '../redis/passing-errors.ts';
import type { QueueReport } from './job-handler.ts';
import { finishJob, JobFailed } from './taken-job.ts';

/** How a job ended. */
export type Outcome = { value: unknown } | { error: Error };

interface OutcomeWriting {
  /** Resolves while the lease is certain; rejects when there is nothing to wait for any more. */
  sure(): Promise<void>;
  /** Waits, longer with every failure in a row. */
  pause(failures: number): Promise<void>;
  readonly report: Pick<QueueReport, 'error' | 'bug'>;
}

/**
 * Writes down how a fetched job ended, however long Redis is away: the work is done and must not be done again. One that cannot be written
 * is a bug: the job fails instead. Rejects when the lease is lost, or if not even that can be written.
 */
export async function writeOutcome(
  redis: Redis,
  job: Job,
  outcome: Outcome,
  { sure, pause, report }: OutcomeWriting,
): Promise<void> {
  let written = outcome;
  for (let failures = 1; ; failures += 1) {
    await sure();
    try {
      return await finishJob(redis, job, written);
    } catch (error) {
      if (mayPass(error)) report.error(error);
      else if (written !== outcome) throw error;
      else {
        report.bug(error, { queue: job.queueName, ...(job.id === undefined ? {} : { job: job.id }) });
        written = { error: asJobFailed(error) };
      }
      await pause(failures);
    }
  }
}

/** An error as it may be shown: only what a handler says on purpose, because others can hold a person's text. */
export function asJobFailed(error: unknown): Error {
  return error instanceof JobFailed
    ? error
    : new JobFailed(`Unforeseen ${error instanceof Error ? error.name : 'error'}`);
}
