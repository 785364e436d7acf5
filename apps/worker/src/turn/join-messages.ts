import { setTimeout as delay } from 'node:timers/promises';
import { belongsTogether, type MessageJob, mayBeContinued, readSessionJob } from '@signalbox/contracts';
import type { TakenJob, Waiting } from '@signalbox/queues';

/** How long nothing more of what was sent at once may come before the turn begins, in ms. */
const QUIET_MS = 700;
/** Most messages of one turn. */
const MOST_MESSAGES = 50;

/** How often it is looked again what belongs together when some of it was taken out or changed just then. */
const MOST_TRIES = 5;

/** What joining calls. */
export type JoiningQueue = Pick<Waiting, 'mayJoin' | 'read' | 'list' | 'join'>;

/**
 * Makes messages that were sent at once one turn: an album, forwarded messages, a long text that was split. Which those are is
 * written down before the turn begins, so that a crash neither splits nor repeats it. Resolves to the job as it is to be done.
 * May be done again. Rejects with Redis's error.
 */
export async function joinMessages(
  waiting: JoiningQueue,
  queue: string,
  { id }: Pick<TakenJob, 'id'>,
  job: MessageJob,
  signal: AbortSignal,
): Promise<MessageJob> {
  // It is decided: by an earlier try, or before a crash.
  if (!(await waiting.mayJoin(queue, id))) return readAgain(waiting, queue, id, job);
  for (let tries = 1; ; tries += 1) {
    // If they cannot be had after all, they go on as they are.
    const followers = tries > MOST_TRIES ? [] : await settledFollowers(waiting, queue, id, job, signal);
    const joined = withFollowers(job, followers);
    if (await waiting.join(queue, id, joined, followers)) return joined;
  }
}

async function readAgain(waiting: JoiningQueue, queue: string, jobId: string, job: MessageJob): Promise<MessageJob> {
  const read = readSessionJob(await waiting.read(queue, jobId));
  return read.status === 'ok' && read.value.kind === 'message' ? read.value : job;
}

/** A message that was sent with the one before it. */
interface Follower {
  readonly id: string;
  /** As it was read. */
  readonly data: unknown;
  readonly job: MessageJob;
}

/** The messages that were sent with the job, once no more of them come. */
async function settledFollowers(
  waiting: JoiningQueue,
  queue: string,
  jobId: string,
  job: MessageJob,
  signal: AbortSignal,
): Promise<Follower[]> {
  let followers = await findFollowers(waiting, queue, jobId, job);
  for (let before = -1; followers.length > before && followers.length < MOST_MESSAGES; ) {
    if (!mayBeContinued(followers.at(-1)?.job ?? job)) break;
    before = followers.length;
    await delay(QUIET_MS, undefined, { signal });
    followers = await findFollowers(waiting, queue, jobId, job);
  }
  return followers;
}

/** The messages directly behind the job that were sent with it. */
async function findFollowers(
  waiting: JoiningQueue,
  queue: string,
  jobId: string,
  job: MessageJob,
): Promise<Follower[]> {
  const followers: Follower[] = [];
  for (const { id, data } of await waiting.list(queue, MOST_MESSAGES + 1)) {
    if (id === jobId) continue;
    const read = readSessionJob(data);
    if (read.status !== 'ok' || read.value.kind !== 'message') break;
    if (!belongsTogether(followers.at(-1)?.job ?? job, read.value)) break;
    followers.push({ id, data, job: read.value });
  }
  return followers;
}

function withFollowers(job: MessageJob, followers: readonly Follower[]): MessageJob {
  if (followers.length === 0) return job;
  const replied = new Set([job.replied?.messageId]);
  const more = followers.map(
    ({ job: { version: _, kind: _kind, session: _session, more: _more, replied: to, ...message } }) => {
      // Each message of an album replies to what the album does: it is given once.
      const isGiven = to?.messageId !== undefined && replied.has(to.messageId);
      replied.add(to?.messageId);
      return to === undefined || isGiven ? message : { ...message, replied: to };
    },
  );
  return { ...job, more };
}
