import { type SessionCard, sessionQueue } from '@signalbox/contracts';
import type { Waiting } from '@signalbox/queues';
import type { Line } from './snapshot.ts';

/** What a session's queue holds of whole messages and commands: `most` jobs are looked at. Rejects with Redis's error. */
export async function readLine(
  { name, pool, awaits }: Pick<SessionCard, 'name' | 'pool' | 'awaits'>,
  listWaiting: Waiting['list'],
  most: number,
): Promise<Line> {
  const queue = sessionQueue(name, pool);
  const whole = (await listWaiting(queue.name, most)).filter(({ joinedTo }) => joinedTo === undefined);
  // A session that is still to be made is at nothing: its first job was looked at, and put back.
  return { queue, jobs: awaits === undefined ? whole : whole.map((job) => ({ ...job, hasBegun: false })) };
}
