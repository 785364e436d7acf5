import { type QueueRef, type SessionCard, sessionQueue } from '@signalbox/contracts';
import type { WaitingJob } from '@signalbox/queues';
import type { Surroundings } from './decision.ts';

/**
 * A session and, before it, the one that is to get its name: until that job's turn has come, what the other is at and what waits for it
 * is this one's.
 */
export async function withFormer(card: SessionCard, around: Pick<Surroundings, 'session'>): Promise<SessionCard[]> {
  const former = card.renames && card.awaits !== undefined ? await around.session(card.awaits) : undefined;
  return former ? [...(await withFormer(former, around)), card] : [card];
}

/** What a session's queue holds of whole messages and commands: `most` jobs are looked at. */
export async function readLine(
  { name, pool, awaits }: Pick<SessionCard, 'name' | 'pool' | 'awaits'>,
  { waiting }: Pick<Surroundings, 'waiting'>,
  most: number,
): Promise<Line> {
  const queue = sessionQueue(name, pool);
  const whole = (await waiting.list(queue.name, most)).filter(({ partOf }) => partOf === undefined);
  // A session that is still to be made is at nothing: its first job was looked at, and put back.
  return { queue, jobs: awaits === undefined ? whole : whole.map((job) => ({ ...job, hasBegun: false })) };
}

/** A queue of a session and what it holds. */
export interface Line {
  readonly queue: QueueRef;
  readonly jobs: readonly WaitingJob[];
}
