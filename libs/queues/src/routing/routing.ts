import {
  type Place,
  placeKey,
  type SessionActivity,
  type SessionCard,
  type Subject,
  sessionActivitySchema,
  sessionCardSchema,
  subjectSchema,
} from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { decisionKey, keys, messageKey } from '../redis/keys.ts';
import { parseStored } from '../redis/parse-stored.ts';

/** Which sessions there are, who serves them, and which one a place talks to. Every method rejects with Redis's error. */
export interface Routing {
  session(name: string): Promise<SessionCard | undefined>;
  /** Takes the name if it is free, or was taken for the same reason. Resolves to whoever holds it. */
  claim(card: SessionCard): Promise<SessionCard>;
  /** Gives a name back that could not be made into a session, unless it is another's by now. */
  unclaim(card: SessionCard): Promise<void>;
  /** Changes a session's card, if there is one. */
  changeCard(name: string, change: Partial<SessionCard>): Promise<void>;
  /** Notes that a session has another name now; `undefined`: that the old name is a session of its own again. */
  noteRenamed(from: string, to: string | undefined): Promise<void>;
  /** What a session of that name is called since it was renamed. */
  renamed(name: string): Promise<string | undefined>;
  sessions(): Promise<{ card: SessionCard; activity: SessionActivity | undefined }[]>;
  noteActivity(name: string, activity: SessionActivity): Promise<void>;
  activity(name: string): Promise<SessionActivity | undefined>;
  forgetActivity(name: string): Promise<void>;
  /** The name of the place's active session. */
  activeSession(place: Place): Promise<string | undefined>;
  activate(place: Place, session: string): Promise<void>;
  /** The same, unless the place talks to a session already. */
  activateIfNone(place: Place, session: string): Promise<void>;
  /** Notes which job a Telegram message became, so that an edit of the message finds it. Kept for 48 h. */
  noteMessage(chatId: number, messageId: number, job: Subject): Promise<void>;
  jobOfMessage(chatId: number, messageId: number): Promise<Subject | undefined>;
  /** Has all places that talk to a session talk to another, or to none. */
  movePlaces(from: string, to: string | undefined): Promise<void>;
  /**
   * Keeps what was first decided for an update: a redelivered update must not be decided anew, because the place may by then
   * talk to another session. Resolves to the decision that holds. Kept for 48 h; Telegram redelivers for 24.
   */
  decideOnce(botId: number, updateId: number, decision: string): Promise<string>;
  /** What was decided for an update that comes again; to be asked before anything is decided that claims a name. */
  decided(botId: number, updateId: number): Promise<string | undefined>;
}

const DECISION_KEPT_SECONDS = 172_800;

const UNCLAIM = `
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then return redis.call('HDEL', KEYS[1], ARGV[1]) end
return 0`;

// Only what is still as it was read is replaced.
const REPLACE = `
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1`;

const MOVE_PLACES = `
local places = redis.call('HGETALL', KEYS[1])
for i = 1, #places, 2 do
  if places[i + 1] == ARGV[1] then
    if ARGV[2] then redis.call('HSET', KEYS[1], places[i], ARGV[2]) else redis.call('HDEL', KEYS[1], places[i]) end
  end
end
return 1`;

export function createRouting(redis: Redis): Routing {
  const session = async (name: string) => parseStored(sessionCardSchema, await redis.hget(keys.sessions, name));
  return {
    session,
    async claim(card) {
      // Several tries: whoever held the name may give it back between the two questions.
      for (;;) {
        await redis.hsetnx(keys.sessions, card.name, JSON.stringify(card));
        const stored = await redis.hget(keys.sessions, card.name);
        const holder = parseStored(sessionCardSchema, stored);
        if (holder) return holder;
        // A card that cannot be read counts as absent, so it must not hold the name.
        if (stored !== null) await redis.eval(UNCLAIM, 1, keys.sessions, card.name, stored);
      }
    },
    async unclaim(card) {
      await redis.eval(UNCLAIM, 1, keys.sessions, card.name, JSON.stringify(card));
    },
    async changeCard(name, change) {
      for (;;) {
        const stored = await redis.hget(keys.sessions, name);
        const card = parseStored(sessionCardSchema, stored);
        if (!card || stored === null) return;
        const changed = JSON.stringify({ ...card, ...change });
        if ((await redis.eval(REPLACE, 1, keys.sessions, name, stored, changed)) === 1) return;
      }
    },
    async noteRenamed(from, to) {
      if (to === undefined) await redis.hdel(keys.renamed, from);
      else await redis.hset(keys.renamed, from, to);
    },
    async renamed(name) {
      return (await redis.hget(keys.renamed, name)) ?? undefined;
    },
    async sessions() {
      const [cards, activities] = await Promise.all([redis.hgetall(keys.sessions), redis.hgetall(keys.activity)]);
      return Object.entries(cards).flatMap(([name, json]) => {
        const card = parseStored(sessionCardSchema, json);
        return card ? [{ card, activity: parseStored(sessionActivitySchema, activities[name] ?? null) }] : [];
      });
    },
    async noteActivity(name, activity) {
      await redis.hset(keys.activity, name, JSON.stringify(activity));
    },
    activity: async (name) => parseStored(sessionActivitySchema, await redis.hget(keys.activity, name)),
    async noteMessage(chatId, messageId, job) {
      await redis.set(messageKey(chatId, messageId), JSON.stringify(job), 'EX', DECISION_KEPT_SECONDS);
    },
    jobOfMessage: async (chatId, messageId) =>
      parseStored(subjectSchema, await redis.get(messageKey(chatId, messageId))),
    async forgetActivity(name) {
      await redis.hdel(keys.activity, name);
    },
    async activeSession(place) {
      return (await redis.hget(keys.places, placeKey(place))) ?? undefined;
    },
    async activate(place, name) {
      await redis.hset(keys.places, placeKey(place), name);
    },
    async activateIfNone(place, name) {
      await redis.hsetnx(keys.places, placeKey(place), name);
    },
    async movePlaces(from, to) {
      await redis.eval(MOVE_PLACES, 1, keys.places, from, ...(to === undefined ? [] : [to]));
    },
    async decideOnce(botId, updateId, decision) {
      const key = decisionKey(botId, updateId);
      const first = await redis.set(key, decision, 'EX', DECISION_KEPT_SECONDS, 'NX');
      return first === 'OK' ? decision : ((await redis.get(key)) ?? decision);
    },
    async decided(botId, updateId) {
      return (await redis.get(decisionKey(botId, updateId))) ?? undefined;
    },
  };
}
