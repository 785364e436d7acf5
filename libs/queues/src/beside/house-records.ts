import type { Redis } from 'ioredis';
import { retention } from '../redis/schema/retention.ts';
import { keys } from '../redis/schema/schema.ts';

/** What the watch of a house remembers over restarts. Every method rejects with Redis's error. */
export interface HouseRecords {
  /** The problems of an integration that are known, as `keepProblems` was given them. */
  problems(pool: string, integration: string): Promise<string | undefined>;
  keepProblems(pool: string, integration: string, problems: string): Promise<void>;
  /** What Claude is told of an incident; `undefined`: it was too long ago. */
  evidence(incident: string): Promise<string | undefined>;
  keepEvidence(incident: string, evidence: string): Promise<void>;
}

/** Both are texts to Redis; only the watch knows their shape. */
export function createHouseRecords(redis: Redis): HouseRecords {
  return {
    problems: async (pool, integration) => (await redis.get(keys.watchState(pool, integration))) ?? undefined,
    async keepProblems(pool, integration, problems) {
      await redis.set(keys.watchState(pool, integration), problems, 'EX', retention.watchState);
    },
    evidence: async (incident) => (await redis.get(keys.evidence(incident))) ?? undefined,
    async keepEvidence(incident, evidence) {
      await redis.set(keys.evidence(incident), evidence, 'EX', retention.answerable);
    },
  };
}
