import {
  type IntegrationCard,
  integrationCardSchema,
  type PersonaCard,
  personaCardSchema,
  type WorkerCard,
  workerCardSchema,
} from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { parseStored } from '../redis/parse-stored.ts';
import { keys } from '../redis/schema/schema.ts';

/** Who works: what the workers say of themselves, for lists, status and routing. Every method rejects with Redis's error. */
export interface Workforce {
  /** Says that a worker lives, and which personas its pool has. To be repeated well within `WORKER_GONE_AFTER_MS`. */
  report(card: WorkerCard, personas: readonly PersonaCard[]): Promise<void>;
  /** Says that a worker has stopped. */
  leave(id: string): Promise<void>;
  /** The workers that were heard of lately. */
  workers(): Promise<WorkerCard[]>;
  /** The pools that ever had a worker. */
  pools(): Promise<string[]>;
  /** The personas that a pool last said it has; `undefined` if no worker of it ever ran, or it cannot be read. */
  personas(pool: string): Promise<PersonaCard[] | undefined>;
  /** The homelab's integrations that the living workers of a pool know, configured if one of them has it so; those of the last one if none lives. */
  integrations(pool: string): Promise<IntegrationCard[]>;
}

/** A worker that was not heard of for so long is not counted as alive, in ms. */
export const WORKER_GONE_AFTER_MS = 15_000;

/** What workers say expires by its time, not by Redis: a worker that comes back late is there again at once. */
export function createWorkforce(redis: Redis, now: () => number = Date.now): Workforce {
  const workers = async () => {
    const all = Object.entries(await redis.hgetall(keys.workers()));
    const cards = all.map(([id, json]) => ({ id, card: parseStored(workerCardSchema, json) }));
    const alive = cards.flatMap(({ card }) => (card && now() - card.seenAt < WORKER_GONE_AFTER_MS ? [card] : []));
    const gone = cards.filter(({ card }) => !card || !alive.includes(card)).map(({ id }) => id);
    if (gone.length > 0) await redis.hdel(keys.workers(), ...gone);
    return alive;
  };
  return {
    async report(card, personas) {
      await Promise.all([
        redis.hset(keys.workers(), card.id, JSON.stringify(card)),
        redis.hset(keys.personas(), card.pool, JSON.stringify(personas)),
        redis.hset(keys.integrations(), card.pool, JSON.stringify(card.integrations ?? [])),
      ]);
    },
    async leave(id) {
      await redis.hdel(keys.workers(), id);
    },
    workers,
    pools: () => redis.hkeys(keys.personas()),
    async personas(pool) {
      return parseStored(personaCardSchema.array(), await redis.hget(keys.personas(), pool));
    },
    async integrations(pool) {
      const alive = (await workers()).filter((card) => card.pool === pool);
      if (alive.length > 0) return united(alive.flatMap((card) => card.integrations ?? []));
      return parseStored(integrationCardSchema.array(), await redis.hget(keys.integrations(), pool)) ?? [];
    },
  };
}

/** One card for each name, that of a worker that has it configured if there is one. */
function united(cards: readonly IntegrationCard[]): IntegrationCard[] {
  const byName = new Map<string, IntegrationCard>();
  for (const card of cards) if (card.configured || !byName.has(card.name)) byName.set(card.name, card);
  return [...byName.values()];
}
