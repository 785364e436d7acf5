import { type SessionActivity, type SessionCard, sessionActivitySchema, sessionCardSchema } from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { parseStored } from '../redis/parse-stored.ts';
import { keys } from '../redis/schema/schema.ts';
import { runScript } from '../redis/scripts/script.ts';
import { removeCard, replaceCard } from '../redis/scripts/sessions.ts';

/** Which sessions there are, by name. Every method rejects with Redis's error. */
export interface SessionDirectory {
  session(name: string): Promise<SessionCard | undefined>;
  /** Takes the name if it is free, or was taken for the same reason. Resolves to whoever holds it. */
  claim(card: SessionCard): Promise<SessionCard>;
  /** Gives a name back that could not be made into a session, unless it is another's by now. */
  unclaim(card: SessionCard): Promise<void>;
  /** Changes a session's card, if there is one. */
  changeCard(name: string, change: Partial<SessionCard>): Promise<void>;
  /** Notes that a session has another name now; `undefined`: that the old name is a session of its own again. */
  setRenamed(from: string, to: string | undefined): Promise<void>;
  /** What a session of that name is called since it was renamed. */
  renamed(name: string): Promise<string | undefined>;
  sessions(): Promise<{ card: SessionCard; activity: SessionActivity | undefined }[]>;
}

/** One hash holds all cards: claiming a name is one command, and a list of sessions is one look. */
export function createSessionDirectory(redis: Redis): SessionDirectory {
  const sessions = keys.sessions();
  return {
    session: async (name) => parseStored(sessionCardSchema, await redis.hget(sessions, name)),
    async claim(card) {
      // Several tries: whoever held the name may give it back between the two questions.
      for (;;) {
        await redis.hsetnx(sessions, card.name, written(card));
        const stored = await redis.hget(sessions, card.name);
        const holder = parseStored(sessionCardSchema, stored);
        if (holder) return holder;
        // A card that cannot be read counts as absent, so it must not hold the name.
        if (stored !== null) await runScript(redis, removeCard, [sessions], [card.name, stored]);
      }
    },
    async unclaim(card) {
      await runScript(redis, removeCard, [sessions], [card.name, written(card)]);
    },
    async changeCard(name, change) {
      for (;;) {
        const stored = await redis.hget(sessions, name);
        const card = parseStored(sessionCardSchema, stored);
        if (!card || stored === null) return;
        const changed = written({ ...card, ...change });
        if ((await runScript(redis, replaceCard, [sessions], [name, stored, changed])) === 1) return;
      }
    },
    async setRenamed(from, to) {
      if (to === undefined) await redis.hdel(keys.renamed(), from);
      else await redis.hset(keys.renamed(), from, to);
    },
    renamed: async (name) => (await redis.hget(keys.renamed(), name)) ?? undefined,
    async sessions() {
      const [cards, activities] = await Promise.all([redis.hgetall(sessions), redis.hgetall(keys.activity())]);
      return Object.entries(cards).flatMap(([name, json]) => {
        const card = parseStored(sessionCardSchema, json);
        return card ? [{ card, activity: parseStored(sessionActivitySchema, activities[name] ?? null) }] : [];
      });
    },
  };
}

/** A card is compared as text when it is taken away, so its members are always written in one order, whoever made it. */
function written(card: SessionCard): string {
  return JSON.stringify(sessionCardSchema.parse(card));
}
