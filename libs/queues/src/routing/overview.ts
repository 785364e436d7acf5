import type { Redis } from 'ioredis';
import { keys } from '../redis/schema/schema.ts';
import type { BullQueues } from '../serial/bull-queues.ts';

/** How much there is to do. */
export interface Load {
  readonly running: number;
  readonly waiting: number;
  readonly oldestAt: number | undefined;
}

/** A look at the queues from outside. Every method rejects with Redis's error. */
export interface Overview {
  /** Names of the queues, the most lately used first. */
  names(most: number): Promise<string[]>;
  /** How many jobs of each queue are not done: waiting or running. */
  openJobs(queues: readonly string[]): Promise<Map<string, number>>;
  /** How much runs and waits in queues altogether, and since when the oldest waits, in ms since the epoch. */
  load(queues: readonly string[]): Promise<Load>;
  /** Which of the queues somebody holds now. */
  held(queues: readonly string[]): Promise<Set<string>>;
  /**
   * How many jobs of the queue come before the given one, running ones included; `undefined` if it no longer waits for its turn: it
   * runs, is done, was put back to be continued, or is part of the turn of another.
   */
  jobsAhead(queue: string, jobId: string): Promise<number | undefined>;
  /** The queues of a group that may have work. */
  pending(group: string): Promise<string[]>;
  /** The job of a queue that runs, or else is next, and how often it was fetched. */
  front(queue: string): Promise<{ id: string; data: unknown; starts: number } | undefined>;
  /** Whether the queue has the job or remembers it: adding it again would change nothing. */
  knows(queue: string, jobId: string): Promise<boolean>;
}

/** Only looks: it takes no lease and changes nothing, so anybody may ask at any time. */
export function createOverview(redis: Redis, bull: BullQueues): Overview {
  return {
    names: (most) => redis.zrange(keys.queues(), 0, most - 1, 'REV'),
    async openJobs(queues) {
      const pipeline = redis.pipeline();
      for (const name of queues) {
        pipeline.llen(keys.wait(name)).llen(keys.active(name));
      }
      const lengths = ((await pipeline.exec()) ?? []).map(([, length]) => Number(length ?? 0));
      return new Map(queues.map((name, i) => [name, (lengths[2 * i] ?? 0) + (lengths[2 * i + 1] ?? 0)]));
    },
    async load(queues) {
      const pipeline = redis.pipeline();
      for (const name of queues) {
        pipeline.llen(keys.active(name)).llen(keys.wait(name)).lindex(keys.wait(name), -1);
      }
      const read = ((await pipeline.exec()) ?? []).map(([, value]) => value);
      const of = (index: number) => read.filter((_, i) => i % 3 === index);
      const sum = (numbers: readonly unknown[]) =>
        numbers.reduce<number>((total, next) => total + Number(next ?? 0), 0);
      const times = redis.pipeline();
      for (const [i, id] of of(2).entries())
        if (id !== null) times.hget(keys.job(queues[i] ?? '', String(id)), 'timestamp');
      const since = ((await times.exec()) ?? []).flatMap(([, at]) => (at === null ? [] : [Number(at)]));
      const oldestAt = since.length > 0 ? Math.min(...since) : undefined;
      return { running: sum(of(0)), waiting: sum(of(1)), oldestAt };
    },
    async held(queues) {
      const pipeline = redis.pipeline();
      for (const name of queues) pipeline.exists(keys.lease(name));
      const results = (await pipeline.exec()) ?? [];
      return new Set(queues.filter((_, i) => results[i]?.[1] === 1));
    },
    pending: (group) => redis.smembers(keys.pending(group)),
    async front(name) {
      const id = (await redis.lindex(keys.active(name), -1)) ?? (await redis.lindex(keys.wait(name), -1));
      const job = id === null ? undefined : await bull.queue(name).getJob(id);
      return job && { id: job.id ?? '', data: job.data, starts: job.attemptsStarted };
    },
    knows: async (name, jobId) => (await redis.exists(keys.job(name, jobId))) === 1,
    async jobsAhead(name, jobId) {
      // New jobs are pushed on the left and taken from the right.
      const [fromTheRight, running, started, part] = await Promise.all([
        redis.lpos(keys.wait(name), jobId, 'RANK', -1).then(async (index) => {
          return index === null ? undefined : (await redis.llen(keys.wait(name))) - 1 - index;
        }),
        redis.llen(keys.active(name)),
        // BullMQ's count of how often it was fetched.
        redis.hget(keys.job(name, jobId), 'ats'),
        redis.hget(keys.parts(name), jobId),
      ]);
      return fromTheRight === undefined || started !== null || part !== null ? undefined : fromTheRight + running;
    },
  };
}
