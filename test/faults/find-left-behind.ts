import { setTimeout as pause } from 'node:timers/promises';
import type { Queues } from '@signalbox/queues';
import type { Redis } from 'ioredis';
import { processesWith, zombiesOf } from '../support/census.ts';

/** How often it is looked whether the queues are at rest, in ms. */
const LOOK_EVERY_MS = 100;

/** What of the queues is open or held: jobs, pending marks and leases, in words. Empty when nothing is. */
export async function findOpenWork(queues: Queues): Promise<string[]> {
  return [...(await findJobs(queues)), ...(await findMarks(queues.redis))];
}

/** Resolves when no job is open and no mark says that there may be one, or after `limitMs`. */
export async function untilAtRest(queues: Queues, limitMs: number): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (performance.now() < deadline) {
    const open = await findOpenWork(queues).catch(() => ['Redis does not answer']);
    if (open.length === 0) return;
    await pause(LOOK_EVERY_MS);
  }
}

/** Leases that somebody still holds, in words. */
export async function findLeases(redis: Redis): Promise<string[]> {
  const held = await keysLike(redis, 'signalbox:*:lease');
  return Promise.all(held.map(async (key) => `the lease ${key} of ${await redis.get(key)}`));
}

/** Living processes that have `dir` in their environment or command line, but for those with one of the given pids. */
export async function findProcesses(dir: string, but: readonly number[]): Promise<string[]> {
  const found = await processesWith(dir);
  return found.filter(({ pid }) => !but.includes(pid)).map(({ pid, command }) => `process ${pid}: ${command}`);
}

/** Children that ended and that nobody waited for; one that is just ending is none. */
export async function findZombies(parents: readonly number[]): Promise<string[]> {
  const before = await zombiesOf(parents);
  if (before.length > 0) await pause(1_000);
  const after = await zombiesOf(parents);
  return after
    .filter(({ pid }) => before.some((each) => each.pid === pid))
    .map(({ command }) => `a zombie of ${command}`);
}

async function findJobs({ overview }: Queues): Promise<string[]> {
  const open = await overview.openJobs(await overview.names(10_000));
  return [...open].filter(([, count]) => count > 0).map(([queue, count]) => `${count} open jobs in ${queue}`);
}

async function findMarks(redis: Redis): Promise<string[]> {
  const sets = await keysLike(redis, 'signalbox:pending:*');
  const marks = await Promise.all(sets.map((set) => redis.smembers(set)));
  return marks.flat().map((queue) => `the pending mark of ${queue}`);
}

async function keysLike(redis: Redis, pattern: string): Promise<string[]> {
  const found = new Set<string>();
  for (let cursor = '0', first = true; first || cursor !== '0'; first = false) {
    const [next, keys] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', 1_000);
    for (const key of keys) found.add(key);
    cursor = next;
  }
  return [...found];
}
