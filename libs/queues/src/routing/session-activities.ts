import { type SessionActivity, sessionActivitySchema } from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { parseStored } from '../redis/parse-stored.ts';
import { keys } from '../redis/schema/schema.ts';

/** What the holders of the sessions last said that these are at; others only read it. Every method rejects with Redis's error. */
export interface SessionActivities {
  setActivity(name: string, activity: SessionActivity): Promise<void>;
  /** The same, unless something was said already. */
  setActivityIfNone(name: string, activity: SessionActivity): Promise<void>;
  activity(name: string): Promise<SessionActivity | undefined>;
  forgetActivity(name: string): Promise<void>;
}

/** Kept apart from the cards, so that a turn that begins does not race with a change of the card. */
export function createSessionActivities(redis: Redis): SessionActivities {
  return {
    async setActivity(name, activity) {
      await redis.hset(keys.activity(), name, JSON.stringify(activity));
    },
    async setActivityIfNone(name, activity) {
      await redis.hsetnx(keys.activity(), name, JSON.stringify(activity));
    },
    activity: async (name) => parseStored(sessionActivitySchema, await redis.hget(keys.activity(), name)),
    async forgetActivity(name) {
      await redis.hdel(keys.activity(), name);
    },
  };
}
