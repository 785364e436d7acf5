import { setTimeout as delay } from 'node:timers/promises';
import { type MessageJob, readSessionJob } from '@signalbox/contracts';
import type { TakenJob, Waiting } from '@signalbox/queues';
import { belongsTogether, mayBeContinued } from './belongs-together.ts';

/** How long nothing more of what was sent at once may come before the turn begins, in ms. */
const QUIET_MS = 700;
/** Most messages of one turn. */
const MOST_PARTS = 50;

/** How often it is looked again what belongs together when some of it was taken out or changed just then. */
const MOST_TRIES = 5;

/**
 * Makes messages that were sent at once one turn: an album, forwarded messages, a long text that was split. Which those are is
 * written down before the turn begins, so that a crash neither splits nor repeats it. Resolves to the job as it is to be done.
 * May be done again. Rejects with Redis's error.
 */
export async function joinMessages(
  waiting: Waiting,
  queue: string,
  { id }: Pick<TakenJob, 'id'>,
  job: MessageJob,
  signal: AbortSignal,
): Promise<MessageJob> {
  // It is decided: by an earlier try, or before a crash.
  if (!(await waiting.mayJoin(queue, id))) return readAgain(waiting, queue, id, job);
  for (let tries = 1; ; tries += 1) {
    // If they cannot be had after all, they go on as they are.
    const parts = tries > MOST_TRIES ? [] : await settledParts(waiting, queue, id, job, signal);
    const joined = withParts(job, parts);
    if (await waiting.join(queue, id, joined, parts)) return joined;
  }
}

async function readAgain(waiting: Waiting, queue: string, jobId: string, job: MessageJob): Promise<MessageJob> {
  const read = readSessionJob(await waiting.read(queue, jobId));
  return read.status === 'ok' && read.value.kind === 'message' ? read.value : job;
}

interface Part {
  readonly id: string;
  /** As it was read. */
  readonly data: unknown;
  readonly job: MessageJob;
}

/** The messages that were sent with the job, once no more of them come. */
async function settledParts(
  waiting: Waiting,
  queue: string,
  jobId: string,
  job: MessageJob,
  signal: AbortSignal,
): Promise<Part[]> {
  let parts = await findParts(waiting, queue, jobId, job);
  for (let before = -1; parts.length > before && parts.length < MOST_PARTS; ) {
    if (!mayBeContinued(parts.at(-1)?.job ?? job)) break;
    before = parts.length;
    await delay(QUIET_MS, undefined, { signal });
    parts = await findParts(waiting, queue, jobId, job);
  }
  return parts;
}

/** The messages directly behind the job that were sent with it. */
async function findParts(waiting: Waiting, queue: string, jobId: string, job: MessageJob): Promise<Part[]> {
  const parts: Part[] = [];
  for (const { id, data } of await waiting.list(queue, MOST_PARTS + 1)) {
    if (id === jobId) continue;
    const read = readSessionJob(data);
    if (read.status !== 'ok' || read.value.kind !== 'message') break;
    if (!belongsTogether(parts.at(-1)?.job ?? job, read.value)) break;
    parts.push({ id, data, job: read.value });
  }
  return parts;
}

function withParts(job: MessageJob, parts: readonly Part[]): MessageJob {
  if (parts.length === 0) return job;
  const more = parts.map(({ job: { version: _, kind: _kind, session: _session, more: _more, ...part } }) => part);
  return { ...job, more };
}
