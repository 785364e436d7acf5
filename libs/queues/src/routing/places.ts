import { type Place, placeKey } from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { keys } from '../redis/schema/schema.ts';
import { runScript } from '../redis/scripts/script.ts';
import { movePlaces } from '../redis/scripts/sessions.ts';

/** Which session each place talks to. Every method rejects with Redis's error. */
export interface Places {
  /** The name of the place's active session. */
  activeSession(place: Place): Promise<string | undefined>;
  activate(place: Place, session: string): Promise<void>;
  /** The same, unless the place talks to a session already. */
  activateIfNone(place: Place, session: string): Promise<void>;
  /** Has all places that talk to a session talk to another, or to none. */
  movePlaces(from: string, to: string | undefined): Promise<void>;
}

/** One hash for all places: a session that ends is taken from all of them in one step. */
export function createPlaces(redis: Redis): Places {
  const places = keys.places();
  return {
    activeSession: async (place) => (await redis.hget(places, placeKey(place))) ?? undefined,
    async activate(place, name) {
      await redis.hset(places, placeKey(place), name);
    },
    async activateIfNone(place, name) {
      await redis.hsetnx(places, placeKey(place), name);
    },
    async movePlaces(from, to) {
      await runScript(redis, movePlaces, [places], to === undefined ? [from] : [from, to]);
    },
  };
}
