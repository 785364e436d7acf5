import type { Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { keys } from '../redis/schema/schema.ts';
import { type Chosen, readChosen } from './read-chosen.ts';

/** A job as its handler sees it. */
export interface TakenJob {
  readonly id: string;
  readonly data: unknown;
  /** When it was added, in ms since the epoch. */
  readonly addedAt: number;
  /** Whether it was fetched before: then this is a recovery and what it did may already have taken effect. */
  readonly startedBefore: boolean;
  /** How often its owner died or lost its lease when the work on it had begun. */
  readonly takeOvers: number;
  /** Whether it was fetched before only to be put back by `PauseQueue`: nothing was cut off then. */
  readonly afterPause: boolean;
  /** What a person decided about it, as an answer to which question. */
  readonly chosen: Chosen | undefined;
  /**
   * Says that the work itself begins now. A recovery whose owner ends before that is not held against the job: when a worker with many
   * queues dies, most of their jobs have done nothing. The first try counts as begun in any case. Never rejects.
   */
  begin(): Promise<void>;
}

/** Thrown by a handler to end its job as failed for good; the reason is shown in the dashboard, so it must hold no one's text. */
export class JobFailed extends Error {
  override name = 'JobFailed';
}

/** The same for a job that is none: what is in the queue cannot be read. */
export class Unreadable extends JobFailed {
  override name = 'Unreadable';
}

/** Thrown by a handler to put its job back to the head of its queue, which is then left alone for `forMs` by this process. */
export class ParkJob extends Error {
  override name = 'ParkJob';
  readonly forMs: number;
  constructor(reason: string, forMs: number) {
    super(reason);
    this.forMs = forMs;
  }
}

/** How often a job may bring its owner down, once the work on it has begun, before it is set aside. */
export const MOST_TRIES = 3;

/** A job whose owners end so often before they even begin has something to do with it. */
const STARTS_WITHOUT_BLAME = 10;

/** BullMQ's token that passes every lock: what a dead owner left is still locked by it. */
const ANY_LOCK = '0';

/** Turns a fetched job into what the handler sees. */
export async function readTaken(redis: Redis, queue: string, job: Job): Promise<TakenJob> {
  const id = job.id ?? '';
  const taken = { id, data: job.data, addedAt: job.timestamp, startedBefore: job.attemptsStarted > 1 };
  if (!taken.startedBefore) {
    return { ...taken, takeOvers: 0, afterPause: false, chosen: undefined, begin: async () => undefined };
  }
  const begun = keys.begun(queue);
  const [takeOvers, chosen, paused] = await Promise.all([
    redis.hget(keys.takeOvers(queue), id),
    readChosen(redis, queue, id),
    // Both speak of the last fetch alone.
    redis.hdel(keys.pausedJobs(queue), id),
    redis.hdel(begun, id),
  ]);
  const begin = async () => void (await redis.hset(begun, id, '1').catch(() => undefined));
  return { ...taken, takeOvers: Number(takeOvers), afterPause: paused > 0, chosen, begin };
}

/**
 * Puts what a dead owner left in `active` back to the head. For the holder of the lease, before it fetches.
 * `isTakeOver`: the owner died or lost its lease; that is counted, so that a job which kills its owners can be told.
 */
export async function recoverActive(redis: Redis, queue: Queue, isTakeOver: boolean): Promise<number> {
  const left = await queue.getActive().catch(async (error: unknown) => {
    if (!(error instanceof SyntaxError)) throw error;
    await quoteTorn(redis, queue.name);
    return queue.getActive();
  });
  // One job at most is active in a serial queue; if there are more, the first must end up at the very head.
  for (const job of left.reverse()) {
    await job.moveToWait(ANY_LOCK);
    // After it: a job that could not be put back is found again, and must not be counted twice for one death.
    if (isTakeOver) await countTakeOver(redis, queue.name, job);
  }
  return left.length;
}

/** BullMQ gives no job whose data is no JSON: it becomes a text, which can be fetched, and fails as an entry that nobody can read. */
async function quoteTorn(redis: Redis, queue: string): Promise<void> {
  for (const id of await redis.lrange(keys.active(queue), 0, -1)) {
    const data = await redis.hget(keys.job(queue, id), 'data');
    if (data !== null && !isJson(data)) await redis.hset(keys.job(queue, id), 'data', JSON.stringify(data));
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function countTakeOver(redis: Redis, queue: string, { id = '', attemptsStarted: starts }: Job): Promise<void> {
  const isBlamedUnseen = starts <= 1 || starts >= STARTS_WITHOUT_BLAME;
  if (isBlamedUnseen || (await redis.hexists(keys.begun(queue), id)) === 1)
    await redis.hincrby(keys.takeOvers(queue), id, 1);
}

/**
 * Marks a fetched job as done or failed. With the lock of this grant: the completion of one who has lost the queue is refused.
 * A completion that was carried out although its answer was lost is success too.
 */
export async function finishJob(redis: Redis, job: Job, outcome: { value: unknown } | { error: Error }): Promise<void> {
  const token = job.token ?? '';
  try {
    if ('value' in outcome) await job.moveToCompleted(outcome.value ?? null, token, false);
    else await job.moveToFailed(outcome.error, token, false);
  } catch (error) {
    if (await job.isActive()) throw error;
  }
  if (job.attemptsStarted <= 1) return;
  const kept = [keys.takeOvers, keys.begun, keys.pausedJobs, keys.chosen];
  await Promise.all(kept.map((keyOf) => redis.hdel(keyOf(job.queueName), job.id ?? '')));
}
