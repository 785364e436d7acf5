import type { Redis } from 'ioredis';
import { inTurns } from '../beside/in-turns.ts';
import { createWaiting, type WaitingJob } from '../beside/waiting.ts';
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
  /** How many jobs of each queue are not done: waiting or running, joined ones each for itself. */
  openJobs(queues: readonly string[]): Promise<Map<string, number>>;
  /** How many messages and commands of each queue wait to begin, as whoever lists them counts: what was sent at once, such as an album, is one. */
  waiting(queues: readonly string[]): Promise<Map<string, number>>;
  /** How much runs and waits in queues altogether, counted the same way, and since when the oldest waits, in ms since the epoch. */
  load(queues: readonly string[]): Promise<Load>;
  /** Which of the queues somebody holds now. */
  held(queues: readonly string[]): Promise<Set<string>>;
  /**
   * How many messages and commands of the queue come before the given one, running ones included; `undefined` if it no longer waits for
   * its turn: it runs, is done, was put back to be continued, or was joined to another.
   */
  jobsAhead(queue: string, jobId: string): Promise<number | undefined>;
  /** The queues of a group that may have work. */
  pending(group: string): Promise<string[]>;
  /** The job of a queue that runs, or else is next, and how often it was fetched. */
  front(queue: string): Promise<{ id: string; data: unknown; starts: number } | undefined>;
  /** Whether the queue has the job or remembers it: adding it again would change nothing. */
  knows(queue: string, jobId: string): Promise<boolean>;
}

/** So many jobs of a queue are looked at. */
const MOST_LOOKED_AT = 1_000;

/** Only looks: it takes no lease and changes nothing, so anybody may ask at any time. */
export function createOverview(redis: Redis, bull: BullQueues): Overview {
  const { list } = createWaiting(redis);
  const linesOf = async (queues: readonly string[]) => {
    const open = await openJobs(redis, queues);
    const lines = queues.map(async (name) => [name, open.get(name) ? whole(await list(name, MOST_LOOKED_AT)) : []]);
    return new Map((await Promise.all(lines)) as [string, WaitingJob[]][]);
  };
  return {
    names: (most) => redis.zrange(keys.queues(), 0, most - 1, 'REV'),
    openJobs: (queues) => openJobs(redis, queues),
    async waiting(queues) {
      const lines = await linesOf(queues);
      return new Map([...lines].map(([name, jobs]) => [name, jobs.filter(({ hasBegun }) => !hasBegun).length]));
    },
    async load(queues) {
      const jobs = [...(await linesOf(queues)).values()].flat();
      const waiting = jobs.filter(({ hasBegun }) => !hasBegun);
      const oldestAt = waiting.length > 0 ? Math.min(...waiting.map(({ addedAt }) => addedAt)) : undefined;
      return { running: jobs.length - waiting.length, waiting: waiting.length, oldestAt };
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
      const turns = inTurns(await list(name, MOST_LOOKED_AT));
      const index = turns.findIndex((turn) => turn.some(({ id }) => id === jobId));
      return turns[index]?.[0].hasBegun === false ? index : undefined;
    },
  };
}

async function openJobs(redis: Redis, queues: readonly string[]): Promise<Map<string, number>> {
  const pipeline = redis.pipeline();
  for (const name of queues) {
    pipeline.llen(keys.wait(name)).llen(keys.active(name));
  }
  const lengths = ((await pipeline.exec()) ?? []).map(([, length]) => Number(length ?? 0));
  return new Map(queues.map((name, i) => [name, (lengths[2 * i] ?? 0) + (lengths[2 * i + 1] ?? 0)]));
}

/** The first job of each turn. */
function whole(jobs: readonly WaitingJob[]): WaitingJob[] {
  return inTurns(jobs).map(([first]) => first);
}
