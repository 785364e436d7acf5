import { belongsTogether, type MessageJob, readSessionJob } from '@signalbox/contracts';
import type { WaitingJob } from './waiting.ts';

/** Jobs that were sent at once, in order: at least one. */
export type SentAtOnce<Job> = readonly [Job, ...Job[]];

/** The jobs of a line as the turns that they will be, also where they are not joined yet; what is joined is left out. Pure. */
export function inTurns<Job extends Pick<WaitingJob, 'data' | 'joinedTo'>>(jobs: readonly Job[]): SentAtOnce<Job>[] {
  const turns: [Job, ...Job[]][] = [];
  let last: MessageJob | undefined;
  for (const job of jobs) {
    if (job.joinedTo !== undefined) continue;
    const message = messageIn(job.data);
    const isWithLast = last !== undefined && message !== undefined && belongsTogether(last, message);
    last = message;
    if (isWithLast) turns.at(-1)?.push(job);
    else turns.push([job]);
  }
  return turns;
}

function messageIn(data: unknown): MessageJob | undefined {
  const read = readSessionJob(data);
  return read.status === 'ok' && read.value.kind === 'message' ? read.value : undefined;
}
