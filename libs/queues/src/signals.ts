import { type QueueRef, type Signal, signalKey, signalSchema } from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { resourceKey, signalChannel } from './keys.ts';
import { parseStored } from './parse-stored.ts';
import { subscribe } from './subscriptions.ts';

/**
 * Words to the turns of a queue that must not wait in it. They are kept until their job is done, so that none is lost when nobody
 * listens; of two about the same thing the first holds. Every method rejects with Redis's error.
 */
export interface Signals {
  /** Resolves to the signal that holds. Doing it again has no further effect. */
  send(queue: QueueRef, signal: Signal): Promise<Signal>;
  /** The signals of a queue about these things, in their order; see `signalKey`. */
  read(queue: string, keys: readonly string[]): Promise<(Signal | undefined)[]>;
  /** Forgets signals whose job is done. */
  forget(queue: string, keys: readonly string[]): Promise<void>;
  /** Calls the listener with the name of each queue of the group that is sent a signal. Resolves to what ends that. */
  listen(group: string, listener: (queue: string) => void): Promise<() => void>;
}

/** As long as a job that waits is sure to be kept, in seconds. */
const KEPT_SECONDS = 14 * 86_400;

export function createSignals(redis: Redis, subscriber: Redis): Signals {
  const keyOf = (queue: string) => resourceKey(queue, 'signals');
  return {
    async send({ name, group }, signal) {
      const key = keyOf(name);
      const field = signalKey(signal);
      await redis.hsetnx(key, field, JSON.stringify(signal));
      await redis.expire(key, KEPT_SECONDS);
      await redis.publish(signalChannel(group), name);
      return parseStored(signalSchema, await redis.hget(key, field)) ?? signal;
    },
    async read(queue, keys) {
      if (keys.length === 0) return [];
      const stored = await redis.hmget(keyOf(queue), ...keys);
      return stored.map((json) => parseStored(signalSchema, json));
    },
    async forget(queue, keys) {
      if (keys.length > 0) await redis.hdel(keyOf(queue), ...keys);
    },
    listen: (group, listener) => subscribe(subscriber, signalChannel(group), listener),
  };
}
