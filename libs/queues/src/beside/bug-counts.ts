import type { Redis } from 'ioredis';
import { keys } from '../redis/schema/schema.ts';

/** How many bugs each kind of work has met: errors that no waiting mends. Every method rejects with Redis's error. */
export interface BugCounts {
  /** Counts one more. @param kind of work: the first word of its queue's group, `update`, or `watch` */
  count(kind: string): Promise<void>;
  read(): Promise<Record<string, number>>;
}

export function createBugCounts(redis: Redis): BugCounts {
  return {
    async count(kind) {
      await redis.hincrby(keys.bugs(), kind, 1);
    },
    async read() {
      const counts = Object.entries(await redis.hgetall(keys.bugs()));
      return Object.fromEntries(counts.map(([kind, count]) => [kind, Number(count)]));
    },
  };
}
