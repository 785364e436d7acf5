import { randomUUID } from 'node:crypto';
import { type SessionCard, sessionCardSchema } from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { execAll } from '../redis/exec-all.ts';
import { parseStored } from '../redis/parse-stored.ts';
import { keys } from '../redis/schema/schema.ts';

/** Who talks to whom, and which sessions there are, as Redis had it at one moment. */
export interface Recollected {
  readonly cards: readonly SessionCard[];
  /** Place → its active session, by the names that they have in Redis. */
  readonly places: Readonly<Record<string, string>>;
  /** Former name → name since. */
  readonly renamed: Readonly<Record<string, string>>;
  /** Session → its activity. */
  readonly activities: Readonly<Record<string, string>>;
}

/** What a process remembers of Redis, for a Redis that loses its data while the process lives. Every method rejects with Redis's error. */
export interface Recollection {
  /** Names what Redis holds: as long as it is the same, nothing was lost. */
  dataId(): Promise<string>;
  recollect(): Promise<Recollected>;
  /** Tells Redis of these again; what it has by now stays as it is. */
  remind(recollected: Recollected): Promise<void>;
}

/** The name is made by whoever first finds none: it goes with all the rest. */
export function createRecollection(redis: Redis): Recollection {
  return {
    async dataId() {
      const made = randomUUID();
      if ((await redis.set(keys.dataId(), made, 'NX')) === 'OK') return made;
      return (await redis.get(keys.dataId())) ?? made;
    },
    async recollect() {
      const hashes = [keys.sessions(), keys.places(), keys.renamed(), keys.activity()];
      const [cards = {}, places = {}, renamed = {}, activities = {}] = await Promise.all(
        hashes.map((key) => redis.hgetall(key)),
      );
      return {
        cards: Object.values(cards).flatMap((json) => parseStored(sessionCardSchema, json) ?? []),
        ...{ places, renamed, activities },
      };
    },
    async remind({ cards, places, renamed, activities }) {
      const pipeline = redis.pipeline();
      for (const card of cards)
        pipeline.hsetnx(keys.sessions(), card.name, JSON.stringify(sessionCardSchema.parse(card)));
      for (const [place, session] of Object.entries(places)) pipeline.hsetnx(keys.places(), place, session);
      for (const [from, to] of Object.entries(renamed)) pipeline.hsetnx(keys.renamed(), from, to);
      for (const [session, activity] of Object.entries(activities)) pipeline.hsetnx(keys.activity(), session, activity);
      await execAll(pipeline);
    },
  };
}
