import { tooManyRequests } from '../protocol/errors.ts';

/** Rates at which the server lets a bot send and edit. */
export type FloodLimits = {
  /** Messages a second to one chat, after a burst of `perChatBurst`. */
  perChatPerSecond: number;
  perChatBurst: number;
  /** Messages a minute to one group. */
  perGroupPerMinute: number;
  /** Messages a second in all. */
  overallPerSecond: number;
  /** Draft frames a second to one chat, after a burst of `draftBurst`. */
  draftsPerSecond: number;
  draftBurst: number;
};

/** Near the official guidance; the real limits are not published. */
export const OFFICIAL_LIMITS: FloodLimits = {
  perChatPerSecond: 1,
  perChatBurst: 4,
  perGroupPerMinute: 20,
  overallPerSecond: 30,
  draftsPerSecond: 4,
  draftBurst: 10,
};

/** Refuses calls that come too fast. Off unless limits are set. */
export type FloodControl = {
  limits: FloodLimits | undefined;
  /** @throws TelegramError 429 with the whole seconds to wait */
  check(method: string, chatId: number | undefined): void;
};

type Bucket = { tokens: number; at: number };

const COUNTED = /^(send(?!ChatAction)|edit(?!ForumTopic)|copy|forward)/;

/** No call has come yet. @param now gives milliseconds since the epoch */
export function createFloodControl(now: () => number, limits: FloodLimits | undefined): FloodControl {
  const buckets = new Map<string, Bucket>();
  /** Milliseconds until a token is there; 0 if there is one. */
  const missing = (key: string, perSecond: number, burst: number): number => {
    const bucket = buckets.get(key) ?? { tokens: burst, at: now() };
    bucket.tokens = Math.min(burst, bucket.tokens + ((now() - bucket.at) / 1000) * perSecond);
    bucket.at = now();
    buckets.set(key, bucket);
    return bucket.tokens >= 1 ? 0 : ((1 - bucket.tokens) / perSecond) * 1000;
  };
  const control: FloodControl = {
    limits,
    check(method, chatId) {
      const on = control.limits;
      if (on === undefined || chatId === undefined || !COUNTED.test(method)) return;
      const rules: [string, number, number][] = method.endsWith('Draft')
        ? [[`draft ${chatId}`, on.draftsPerSecond, on.draftBurst]]
        : [
            [`chat ${chatId}`, on.perChatPerSecond, on.perChatBurst],
            ['all', on.overallPerSecond, on.overallPerSecond],
          ];
      if (chatId < 0) rules.push([`group ${chatId}`, on.perGroupPerMinute / 60, on.perGroupPerMinute]);
      const wait = Math.max(...rules.map((rule) => missing(...rule)));
      if (wait > 0) throw tooManyRequests(Math.max(1, Math.ceil(wait / 1000)));
      for (const [key] of rules) {
        const bucket = buckets.get(key);
        if (bucket !== undefined) bucket.tokens -= 1;
      }
    },
  };
  return control;
}
