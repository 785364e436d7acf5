import type { Redis } from 'ioredis';
import { execAll } from '../redis/exec-all.ts';
import { JOINING } from '../redis/schema/queue-keys.ts';
import { keys } from '../redis/schema/schema.ts';
import { runScript } from '../redis/scripts/script.ts';
import { editJob, emptyQueue, joinJobs, putJobNext } from '../redis/scripts/waiting.ts';

/** A job that waits or runs, as a look from outside sees it. */
export interface WaitingJob {
  readonly id: string;
  readonly data: unknown;
  /** When it was added, in ms since the epoch. */
  readonly addedAt: number;
  /** It was fetched before: it runs, or is to be continued. Nothing can be changed about it any more. */
  readonly hasBegun: boolean;
  /** It was joined to this other job, for one turn, which comes before it. */
  readonly joinedTo: string | undefined;
  /** It has begun, and it is still open which jobs are joined to it. */
  readonly isJoining?: boolean;
}

/** What waits in a queue, and what may be changed about it until it begins. Every method rejects with Redis's error. */
export interface Waiting {
  /** What is not done, in the order in which it will be: the running job first. At most `most`. */
  list(queue: string, most: number): Promise<WaitingJob[]>;
  /** The data of a job, whether it waits or not. */
  read(queue: string, jobId: string): Promise<unknown>;
  /** Gives a job that waits other data. `false`: it does not wait any more, or never was there. */
  edit(queue: string, jobId: string, data: object): Promise<boolean>;
  /** Lets jobs that wait be the next to begin, in this order, all at once. `false`: none of them waits any more. */
  putNext(queue: string, ...jobIds: readonly string[]): Promise<boolean>;
  /**
   * Forgets which jobs were joined. To be done when one that was not begins afresh: those that were come directly behind their leader, so
   * all of them are done by then. What belongs to the job itself is open until `join`.
   */
  beginAfresh(queue: string, jobId: string): Promise<void>;
  /** Whether a job has begun afresh, and it is still open what belongs to its turn. */
  mayJoin(queue: string, jobId: string): Promise<boolean>;
  /**
   * Joins jobs that wait to another one, for one turn; that one gets `data`, all at once or not at all; there may be none of them.
   * `false`: one of them does not wait any more, or was changed since it was read. May be done again. For the holder of the queue's
   * lease, before the turn begins.
   */
  join(
    queue: string,
    leaderId: string,
    data: object,
    others: readonly Pick<WaitingJob, 'id' | 'data'>[],
  ): Promise<boolean>;
  /** Takes out all that is in a queue, unless somebody holds it: `false`. Whoever held it and wakes up has lost it. May be done again. */
  empty(queue: string): Promise<boolean>;
  /** Which job this one was joined to; it is then done without doing anything. */
  joinedTo(queue: string, jobId: string): Promise<string | undefined>;
}

/** Each change is one script that first looks whether the job still waits: it never races with its fetch. */
export function createWaiting(redis: Redis): Waiting {
  const { wait, active, joined: joinedOf, signals, job: keyOf } = keys;
  const ran = (result: unknown) => result === 1;
  return {
    async list(queue, most) {
      const [running, waiting] = await Promise.all([
        redis.lrange(active(queue), 0, -1),
        redis.lrange(wait(queue), -most, -1),
      ]);
      const ids = [...new Set([...running, ...waiting.reverse()])];
      const [joined, stops, hashes] = await Promise.all([
        redis.hgetall(joinedOf(queue)),
        ids.length === 0 ? [] : redis.hmget(signals(queue), ...ids.map((id) => `stop:${id}`)),
        Promise.all(ids.map((id) => redis.hmget(keyOf(queue, id), 'data', 'timestamp', 'ats'))),
      ]);
      return ids.flatMap((id, index) => {
        const [data = null, addedAt, starts = null] = hashes[index] ?? [];
        if (data === null || (stops[index] ?? null) !== null) return [];
        const hasBegun = starts !== null;
        const isJoining = joined[JOINING] === id && { isJoining: true };
        return [{ id, data: readData(data), addedAt: Number(addedAt), hasBegun, joinedTo: joined[id], ...isJoining }];
      });
    },
    async read(queue, jobId) {
      const data = await redis.hget(keyOf(queue, jobId), 'data');
      return data === null ? undefined : readData(data);
    },
    async edit(queue, jobId, data) {
      const on = [wait(queue), joinedOf(queue), signals(queue), keyOf(queue, jobId)] as const;
      return ran(await runScript(redis, editJob, on, [jobId, JSON.stringify(data)]));
    },
    async putNext(queue, ...jobIds) {
      const on = [wait(queue), joinedOf(queue), keyOf(queue, '')] as const;
      return ran(await runScript(redis, putJobNext, on, jobIds));
    },
    async beginAfresh(queue, jobId) {
      const key = joinedOf(queue);
      await execAll(redis.multi().del(key).hset(key, JOINING, jobId));
    },
    async mayJoin(queue, jobId) {
      return (await redis.hget(joinedOf(queue), JOINING)) === jobId;
    },
    async join(queue, leaderId, data, others) {
      const on = [wait(queue), joinedOf(queue), signals(queue), keyOf(queue, leaderId), keyOf(queue, '')] as const;
      // Job data is always written as JSON.stringify gives it, so the same data is the same text.
      const pairs = others.flatMap((other) => [other.id, JSON.stringify(other.data)]);
      return ran(await runScript(redis, joinJobs, on, [leaderId, JSON.stringify(data), ...pairs]));
    },
    async empty(queue) {
      const holding = [keys.lease(queue), keys.fence(queue), keys.paused(queue)] as const;
      const on = [...holding, wait(queue), active(queue), joinedOf(queue), keyOf(queue, '')] as const;
      return ran(await runScript(redis, emptyQueue, on, []));
    },
    async joinedTo(queue, jobId) {
      return (await redis.hget(joinedOf(queue), jobId)) ?? undefined;
    },
  };
}

/** What is no JSON is an entry that nobody can read: it must not keep the others from being seen. */
function readData(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
