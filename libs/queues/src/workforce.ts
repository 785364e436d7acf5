import { type PersonaCard, personaCardSchema, type WorkerCard, workerCardSchema } from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { keys } from './keys.ts';
import { parseStored } from './parse-stored.ts';

/** Who works: what the workers say of themselves, for lists, status and routing. Every method rejects with Redis's error. */
export interface Workforce {
  /** Says that a worker lives, and which personas its pool has. To be repeated well within `WORKER_GONE_AFTER_MS`. */
  report(card: WorkerCard, personas: readonly PersonaCard[]): Promise<void>;
  /** Says that a worker has stopped. */
  leave(id: string): Promise<void>;
  /** The workers that were heard of lately. */
  workers(): Promise<WorkerCard[]>;
  /** The personas that a pool last said it has; `undefined` if no worker of it ever ran, or it cannot be read. */
  personas(pool: string): Promise<PersonaCard[] | undefined>;
}

/** A worker that was not heard of for so long is not counted as alive, in ms. */
export const WORKER_GONE_AFTER_MS = 15_000;

export function createWorkforce(redis: Redis, now: () => number = Date.now): Workforce {
  return {
    async report(card, personas) {
      await Promise.all([
        redis.hset(keys.workers, card.id, JSON.stringify(card)),
        redis.hset(keys.personas, card.pool, JSON.stringify(personas)),
      ]);
    },
    async leave(id) {
      await redis.hdel(keys.workers, id);
    },
    async workers() {
      const all = Object.entries(await redis.hgetall(keys.workers));
      const cards = all.map(([id, json]) => ({ id, card: parseStored(workerCardSchema, json) }));
      const alive = cards.flatMap(({ card }) => (card && now() - card.seenAt < WORKER_GONE_AFTER_MS ? [card] : []));
      const gone = cards.filter(({ card }) => !card || !alive.includes(card)).map(({ id }) => id);
      if (gone.length > 0) await redis.hdel(keys.workers, ...gone);
      return alive;
    },
    async personas(pool) {
      return parseStored(personaCardSchema.array(), await redis.hget(keys.personas, pool));
    },
  };
}
