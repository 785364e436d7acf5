import {
  type AnswerSignal,
  type Place,
  placeSchema,
  type QueueRef,
  type StopSignal,
  signalSchema,
} from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { execAll } from '../redis/exec-all.ts';
import { parseStored } from '../redis/parse-stored.ts';
import { retention } from '../redis/schema/retention.ts';
import { channels, keys } from '../redis/schema/schema.ts';
import { runScript } from '../redis/scripts/script.ts';
import { takeAnswer, tidySignals } from '../redis/scripts/signals.ts';
import type { Subscriptions } from '../redis/subscriptions.ts';
import { callConsumers } from '../serial/call-consumers.ts';

/**
 * Words to the turns of a queue that must not wait in it. They are kept until their job is done, so that none is lost when nobody
 * listens. Sending the same again has no further effect. Every method rejects with Redis's error.
 */
export interface Signals {
  /** Ends a job's turn for good, or takes the job, if it still waits, out of its queue. */
  stop(queue: QueueRef, stop: Omit<StopSignal, 'kind'>): Promise<void>;
  /** The word that a job is to be stopped, if there is one. */
  stopOf(queue: string, jobId: string): Promise<StopSignal | undefined>;
  /** Forgets that word: it was followed. */
  forgetStop(queue: string, jobId: string): Promise<void>;
  /** Answers a question. Resolves to the answer that holds; `undefined`: nobody waits for one any more. */
  answer(queue: QueueRef, answer: Omit<AnswerSignal, 'kind'>): Promise<AnswerSignal | undefined>;
  /** The id of the question of this name: the same one until it is closed. */
  questionId(queue: string, name: string): Promise<string>;
  /** Says that an answer is waited for, to a question that is shown in this place. Resolves to the one that is there already. */
  open(queue: string, questionId: string, place?: Place): Promise<AnswerSignal | undefined>;
  /** The questions that an answer is waited for. */
  listOpen(queue: string): Promise<OpenQuestion[]>;
  /** Says that none is waited for any more: asked again, it is another question. Resolves to the answer that came before that. */
  close(queue: string, questionId: string): Promise<AnswerSignal | undefined>;
  /** Forgets what was sent to jobs that are done. To be done when a job begins afresh: then no other one is at work. */
  tidy(queue: QueueRef, jobId: string): Promise<void>;
  /**
   * Calls the listener with the name of each queue of the group that is sent a signal, and `onGap` whenever some may have been missed.
   * Resolves to what ends that.
   */
  listen(group: string, listener: (queue: string) => void, onGap: () => void): Promise<() => void>;
}

/** A question that an answer is waited for. */
export interface OpenQuestion {
  readonly questionId: string;
  /** Where it is shown, if that was said. */
  readonly place: Place | undefined;
}

/** All of a queue’s signals are in one hash: whoever takes the queue over finds them in one look. */
export function createSignals(redis: Redis, subscriptions: Subscriptions): Signals {
  const call = ({ name, group }: QueueRef) => redis.publish(channels.signal(group), name);
  const answerOf = async (queue: string, questionId: string) => {
    const signal = parseStored(signalSchema, await redis.hget(keys.signals(queue), `answer:${questionId}`));
    return signal?.kind === 'answer' ? signal : undefined;
  };
  const set = async (queue: string, field: string, value: string) => {
    const key = keys.signals(queue);
    await execAll(redis.pipeline().hsetnx(key, field, value).expire(key, retention.answerable));
  };
  return {
    async stop(queue, stop) {
      await set(queue.name, `stop:${stop.jobId}`, JSON.stringify({ ...stop, kind: 'stop' }));
      const paused = keys.paused(queue.name);
      // A queue that waits because of this job need not wait any more.
      if ((await redis.get(paused)) === stop.jobId) {
        await redis.del(paused);
        await callConsumers(redis, queue);
      }
      await call(queue);
    },
    async stopOf(queue, jobId) {
      const signal = parseStored(signalSchema, await redis.hget(keys.signals(queue), `stop:${jobId}`));
      return signal?.kind === 'stop' ? signal : undefined;
    },
    async forgetStop(queue, jobId) {
      await redis.hdel(keys.signals(queue), `stop:${jobId}`);
    },
    async answer(queue, answer) {
      const { questionId } = answer;
      const given = JSON.stringify({ ...answer, kind: 'answer' });
      const holds = (await runScript(redis, takeAnswer, [keys.signals(queue.name)], [questionId, given])) as
        | string
        | null;
      await call(queue);
      const signal = parseStored(signalSchema, holds);
      return signal?.kind === 'answer' ? signal : undefined;
    },
    async questionId(queue, name) {
      return `${name}-${Number(await redis.hget(keys.signals(queue), `used:${name}`))}`;
    },
    async open(queue, questionId, place) {
      await set(queue, `open:${questionId}`, JSON.stringify(place ?? 1));
      return answerOf(queue, questionId);
    },
    async listOpen(queue) {
      const fields = Object.entries(await redis.hgetall(keys.signals(queue)));
      return fields.flatMap(([field, value]) =>
        field.startsWith('open:')
          ? [{ questionId: field.slice('open:'.length), place: parseStored(placeSchema, value) }]
          : [],
      );
    },
    async close(queue, questionId) {
      const name = questionId.slice(0, questionId.lastIndexOf('-'));
      const key = keys.signals(queue);
      const closing = redis.multi().hdel(key, `open:${questionId}`).hincrby(key, `used:${name}`, 1);
      await execAll(closing.expire(key, retention.answerable));
      return answerOf(queue, questionId);
    },
    async tidy({ name }, jobId) {
      await runScript(redis, tidySignals, [keys.signals(name), keys.wait(name)], [jobId]);
    },
    listen: (group, listener, onGap) => subscriptions.subscribe(channels.signal(group), listener, onGap),
  };
}
