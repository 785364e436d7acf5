import { belongsTogether, type MessageJob, readSessionJob } from '@signalbox/contracts';
import type { WaitingJob } from './waiting.ts';

/** Jobs that were sent at once, in order: at least one. */
export type SentAtOnce<Job> = readonly [Job, ...Job[]];

/**
 * The jobs of a line as the turns that they will be, also where they are not joined yet; what is joined is left out. What comes too late to be
 * joined to a turn is one of its own. Pure.
 */
export function inTurns<Job extends Pick<WaitingJob, 'data' | 'hasBegun' | 'joinedTo' | 'isJoining'>>(
  jobs: readonly Job[],
): SentAtOnce<Job>[] {
  const turns: [Job, ...Job[]][] = [];
  let last: MessageJob | undefined;
  for (const job of jobs) {
    if (job.joinedTo !== undefined) continue;
    const message = messageIn(job.data);
    const isWithLast = last !== undefined && message !== undefined && belongsTogether(last, message);
    last = message;
    const turn = turns.at(-1);
    const mayJoin = turn !== undefined && (!turn[0].hasBegun || turn[0].isJoining === true);
    if (isWithLast && mayJoin) turn.push(job);
    else turns.push([job]);
  }
  return turns;
}

function messageIn(data: unknown): MessageJob | undefined {
  const read = readSessionJob(data);
  return read.status === 'ok' && read.value.kind === 'message' ? read.value : undefined;
}
