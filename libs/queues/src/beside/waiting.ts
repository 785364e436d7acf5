import type { Redis } from 'ioredis';
import { resourceKey } from '../redis/keys.ts';
import type { BullQueues } from '../serial/bull-queues.ts';

/** A job that waits or runs, as a look from outside sees it. */
export interface WaitingJob {
  readonly id: string;
  readonly data: unknown;
  /** When it was added, in ms since the epoch. */
  readonly addedAt: number;
  /** It was fetched before: it runs, or is to be continued. Nothing can be changed about it any more. */
  readonly hasBegun: boolean;
  /** It is part of the turn of this other job, which comes before it. */
  readonly partOf: string | undefined;
}

/** What waits in a queue, and what may be changed about it until it begins. Every method rejects with Redis's error. */
export interface Waiting {
  /** What is not done, in the order in which it will be: the running job first. At most `most`. */
  list(queue: string, most: number): Promise<WaitingJob[]>;
  /** The data of a job, whether it waits or not. */
  read(queue: string, jobId: string): Promise<unknown>;
  /** Gives a job that waits other data. `false`: it does not wait any more, or never was there. */
  edit(queue: string, jobId: string, data: object): Promise<boolean>;
  /** Lets a job that waits be the next to begin. `false`: it does not wait any more. */
  putNext(queue: string, jobId: string): Promise<boolean>;
  /**
   * Forgets which jobs were parts. To be done when a job that is none begins afresh: parts come directly behind their turn's job, so
   * all of them are done by then. What belongs to the job itself is open until `join`.
   */
  beginAfresh(queue: string, jobId: string): Promise<void>;
  /** Whether a job has begun afresh, and it is still open what belongs to its turn. */
  mayJoin(queue: string, jobId: string): Promise<boolean>;
  /**
   * Makes jobs that wait part of another one's turn, which gets `data`, all at once or not at all; there may be none of them.
   * `false`: one of them does not wait any more, or was changed since it was read. May be done again. For the holder of the queue's
   * lease, before the turn begins.
   */
  join(
    queue: string,
    leaderId: string,
    data: object,
    parts: readonly Pick<WaitingJob, 'id' | 'data'>[],
  ): Promise<boolean>;
  /** Which job's turn a job is part of; it is then done without doing anything. */
  partOf(queue: string, jobId: string): Promise<string | undefined>;
}

/** KEYS: wait list, parts, signals, job · ARGV: id, data. `ats` is BullMQ's count of how often a job was fetched. */
const EDIT = `
if not redis.call('LPOS', KEYS[1], ARGV[1]) or redis.call('HEXISTS', KEYS[4], 'ats') == 1 then return 0 end
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 or redis.call('HEXISTS', KEYS[3], 'stop:' .. ARGV[1]) == 1 then return 0 end
redis.call('HSET', KEYS[4], 'data', ARGV[2])
return 1`;

/** KEYS: wait list, parts, job, prefix of jobs · ARGV: id. The next one is on the right; what has begun stays before, with its parts. */
const PUT_NEXT = `
if redis.call('HEXISTS', KEYS[3], 'ats') == 1 or redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 then return 0 end
if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 then return 0 end
local before
local at = -1
while true do
  local id = redis.call('LINDEX', KEYS[1], at)
  if not id then break end
  if redis.call('HEXISTS', KEYS[4] .. id, 'ats') == 0 and redis.call('HEXISTS', KEYS[2], id) == 0 then break end
  before = id
  at = at - 1
end
if before then redis.call('LINSERT', KEYS[1], 'BEFORE', before, ARGV[1]) else redis.call('RPUSH', KEYS[1], ARGV[1]) end
return 1`;

/** The field among the parts that names the job whose parts are not decided on. */
const OPEN = 'joining';

/** KEYS: wait list, parts, signals, leader, prefix of jobs · ARGV: leader's id, data, id and data of each part. */
const JOIN = `
for i = 3, #ARGV, 2 do
  local leader = redis.call('HGET', KEYS[2], ARGV[i])
  if leader ~= ARGV[1] then
    if leader or not redis.call('LPOS', KEYS[1], ARGV[i]) then return 0 end
    if redis.call('HEXISTS', KEYS[3], 'stop:' .. ARGV[i]) == 1 then return 0 end
    if redis.call('HGET', KEYS[5] .. ARGV[i], 'data') ~= ARGV[i + 1] then return 0 end
  end
end
if #ARGV > 2 then redis.call('HSET', KEYS[4], 'data', ARGV[2]) end
for i = 3, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[1]) end
redis.call('HDEL', KEYS[2], '${OPEN}')
return 1`;

export function createWaiting(redis: Redis, bull: BullQueues): Waiting {
  const partsKey = (queue: string) => resourceKey(queue, 'parts');
  const signalsKey = (queue: string) => resourceKey(queue, 'signals');
  const keysOf = (queue: string, jobId: string) => {
    const { toKey } = bindKeys(bull, queue);
    return { wait: toKey('wait'), active: toKey('active'), job: toKey(jobId), jobs: toKey('') };
  };
  const ran = (result: unknown) => result === 1;
  return {
    async list(queue, most) {
      const { wait, active, jobs } = keysOf(queue, '');
      const [running, waiting] = await Promise.all([redis.lrange(active, 0, -1), redis.lrange(wait, -most, -1)]);
      const ids = [...new Set([...running, ...waiting.reverse()])];
      const [parts, stops, hashes] = await Promise.all([
        redis.hgetall(partsKey(queue)),
        ids.length === 0 ? [] : redis.hmget(signalsKey(queue), ...ids.map((id) => `stop:${id}`)),
        Promise.all(ids.map((id) => redis.hmget(`${jobs}${id}`, 'data', 'timestamp', 'ats'))),
      ]);
      return ids.flatMap((id, index) => {
        const [data = null, addedAt, starts = null] = hashes[index] ?? [];
        if (data === null || (stops[index] ?? null) !== null) return [];
        const hasBegun = starts !== null;
        return [{ id, data: JSON.parse(data), addedAt: Number(addedAt), hasBegun, partOf: parts[id] }];
      });
    },
    async read(queue, jobId) {
      const data = await redis.hget(keysOf(queue, jobId).job, 'data');
      return data === null ? undefined : JSON.parse(data);
    },
    async edit(queue, jobId, data) {
      const { wait, job } = keysOf(queue, jobId);
      const keys = [wait, partsKey(queue), signalsKey(queue), job];
      return ran(await redis.eval(EDIT, keys.length, ...keys, jobId, JSON.stringify(data)));
    },
    async putNext(queue, jobId) {
      const { wait, job, jobs } = keysOf(queue, jobId);
      const keys = [wait, partsKey(queue), job, jobs];
      return ran(await redis.eval(PUT_NEXT, keys.length, ...keys, jobId));
    },
    async beginAfresh(queue, jobId) {
      const key = partsKey(queue);
      for (const [error] of (await redis.multi().del(key).hset(key, OPEN, jobId).exec()) ?? []) if (error) throw error;
    },
    async mayJoin(queue, jobId) {
      return (await redis.hget(partsKey(queue), OPEN)) === jobId;
    },
    async join(queue, leaderId, data, parts) {
      const { wait, job, jobs } = keysOf(queue, leaderId);
      const keys = [wait, partsKey(queue), signalsKey(queue), job, jobs];
      // Job data is always written as JSON.stringify gives it, so the same data is the same text.
      const joined = parts.flatMap((part) => [part.id, JSON.stringify(part.data)]);
      return ran(await redis.eval(JOIN, keys.length, ...keys, leaderId, JSON.stringify(data), ...joined));
    },
    async partOf(queue, jobId) {
      return (await redis.hget(partsKey(queue), jobId)) ?? undefined;
    },
  };
}

function bindKeys(bull: BullQueues, name: string): { toKey(part: string): string } {
  const queue = bull.queue(name);
  return { toKey: (part) => queue.toKey(part) };
}
