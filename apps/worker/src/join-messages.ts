import { setTimeout as delay } from 'node:timers/promises';
import { type MessageJob, readSessionJob, SINCE } from '@signalbox/contracts';
import type { TakenJob, Waiting } from '@signalbox/queues';
import { belongsTogether, mayBeContinued } from './belongs-together.ts';

/** How long nothing more of what was sent at once may come before the turn begins, in ms. */
const QUIET_MS = 700;
/** Most messages of one turn. */
const MOST_PARTS = 50;

/**
 * Makes messages that were sent at once one turn: an album, forwarded messages, a long text that was split. Which those are is
 * written down before the turn begins, so that a crash neither splits nor repeats it. Resolves to the job as it is to be done.
 * Rejects with Redis's error.
 */
export async function joinMessages(
  waiting: Waiting,
  queue: string,
  taken: TakenJob,
  job: MessageJob,
  signal: AbortSignal,
): Promise<MessageJob> {
  // One that was begun before holds its parts already.
  if (taken.startedBefore) return job;
  let parts = await findParts(waiting, queue, taken.id, job);
  while (mayBeContinued(parts.at(-1)?.job ?? job) && parts.length < MOST_PARTS) {
    await delay(QUIET_MS, undefined, { signal });
    const found = await findParts(waiting, queue, taken.id, job);
    if (found.length === parts.length) break;
    parts = found;
  }
  return join(waiting, queue, taken, job, parts);
}

interface Part {
  readonly id: string;
  readonly job: MessageJob;
}

/** The messages directly behind the job that were sent with it. */
async function findParts(waiting: Waiting, queue: string, jobId: string, job: MessageJob): Promise<Part[]> {
  const parts: Part[] = [];
  for (const { id, data } of await waiting.list(queue, MOST_PARTS + 1)) {
    if (id === jobId) continue;
    const read = readSessionJob(data);
    if (read.status !== 'ok' || read.value.kind !== 'message') break;
    if (!belongsTogether(parts.at(-1)?.job ?? job, read.value)) break;
    parts.push({ id, job: read.value });
  }
  return parts;
}

async function join(
  waiting: Waiting,
  queue: string,
  taken: TakenJob,
  job: MessageJob,
  parts: readonly Part[],
): Promise<MessageJob> {
  if (parts.length === 0) return job;
  const more = parts.map(({ job: { version: _, kind: _kind, session: _session, more: _more, ...part } }) => part);
  const joined: MessageJob = { ...job, version: SINCE.more, more };
  const ids = parts.map(({ id }) => id);
  // One of them may just have been taken out or changed: then they go on as they are.
  return (await waiting.join(queue, taken.id, joined, ids)) ? joined : job;
}
