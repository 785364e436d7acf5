import type { Redis } from 'ioredis';
import { keys } from '../redis/schema/schema.ts';
import { runScript } from '../redis/scripts/script.ts';
import { movePlacesOfChat } from '../redis/scripts/sessions.ts';

/** Groups that became supergroups: each has another id since. Every method rejects with Redis's error. */
export interface MovedChats {
  /** Former id → id since. */
  movedChats(): Promise<Map<number, number>>;
  /** Notes them; what was noted before stays. */
  noteMoved(moved: ReadonlyMap<number, number>): Promise<void>;
  /** Has the places of a chat be those of another; one that talks to a session there already stays as it is. */
  movePlacesOfChat(from: number, to: number): Promise<void>;
}

/** One hash for all: there are few, and none is ever taken back. */
export function createMovedChats(redis: Redis): MovedChats {
  return {
    async movedChats() {
      const stored = Object.entries(await redis.hgetall(keys.movedChats()));
      return new Map(stored.map(([from, to]) => [Number(from), Number(to)]));
    },
    async noteMoved(moved) {
      for (const [from, to] of moved) await redis.hsetnx(keys.movedChats(), String(from), String(to));
    },
    async movePlacesOfChat(from, to) {
      await runScript(redis, movePlacesOfChat, [keys.places()], [String(from), String(to)]);
    },
  };
}
