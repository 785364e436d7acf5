import { type QueueRef, type StopSignal, stopSignalSchema } from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { execAll } from '../redis/exec-all.ts';
import { parseStored } from '../redis/parse-stored.ts';
import { retention } from '../redis/schema/retention.ts';
import { channels, keys } from '../redis/schema/schema.ts';
import { runScript } from '../redis/scripts/script.ts';
import { endPause, tidySignals } from '../redis/scripts/signals.ts';
import type { Subscriptions } from '../redis/subscriptions.ts';
import { callConsumers } from '../serial/call-consumers.ts';

/**
 * Words to the turns of a queue that must not wait in it. They are kept until their job is done, so that none is lost when nobody
 * listens. Sending the same again has no further effect. Every method rejects with Redis's error.
 */
export interface Signals {
  /** Ends a job's turn for good, or takes the job, if it still waits, out of its queue. */
  stop(queue: QueueRef, stop: StopSignal): Promise<void>;
  /** The word that a job is to be stopped, if there is one. */
  stopOf(queue: string, jobId: string): Promise<StopSignal | undefined>;
  /** Forgets that word: it was followed. */
  forgetStop(queue: string, jobId: string): Promise<void>;
  /** Forgets what was sent to jobs that are done. To be done when a job begins afresh: then no other one is at work. */
  tidy(queue: QueueRef, jobId: string): Promise<void>;
  /**
   * Calls the listener with the name of each queue of the group whose holder is called, and `onGap` whenever some may have been missed.
   * Resolves to what ends that.
   */
  listen(group: string, listener: (queue: string) => void, onGap: () => void): Promise<() => void>;
}

/** All of a queue’s signals are in one hash: whoever takes the queue over finds them in one look. */
export function createSignals(redis: Redis, subscriptions: Subscriptions): Signals {
  return {
    async stop(queue, stop) {
      const key = keys.signals(queue.name);
      const setting = redis.pipeline().hsetnx(key, `stop:${stop.jobId}`, JSON.stringify(stop));
      await execAll(setting.expire(key, retention.answerable));
      // A queue that waits because of this job need not wait any more.
      const goesOn = await runScript(redis, endPause, [keys.paused(queue.name)], [stop.jobId]);
      if (goesOn === 1) await callConsumers(redis, queue);
      await callHolder(redis, queue);
    },
    stopOf: async (queue, jobId) =>
      parseStored(stopSignalSchema, await redis.hget(keys.signals(queue), `stop:${jobId}`)),
    async forgetStop(queue, jobId) {
      await redis.hdel(keys.signals(queue), `stop:${jobId}`);
    },
    async tidy({ name }, jobId) {
      await runScript(redis, tidySignals, [keys.signals(name), keys.wait(name)], [jobId]);
    },
    listen: (group, listener, onGap) => subscriptions.subscribe(channels.signal(group), listener, onGap),
  };
}

/** Tells whoever holds the queue that there is something for a turn of it. Rejects with Redis's error. */
export async function callHolder(redis: Redis, { name, group }: QueueRef): Promise<void> {
  await redis.publish(channels.signal(group), name);
}
