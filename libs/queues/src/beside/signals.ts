import {
  type AnswerSignal,
  type Place,
  placeSchema,
  type QueueRef,
  type StopSignal,
  signalSchema,
} from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { pendingKey, readyChannel, resourceKey, signalChannel } from '../redis/keys.ts';
import { parseStored } from '../redis/parse-stored.ts';
import type { Subscriptions } from '../redis/subscriptions.ts';
import type { BullQueues } from '../serial/bull-queues.ts';

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

export interface OpenQuestion {
  readonly questionId: string;
  /** Where it is shown, if that was said. */
  readonly place: Place | undefined;
}

/** As long as a job that waits is sure to be kept, in seconds. */
const KEPT_SECONDS = 14 * 86_400;

/** KEYS: signals · ARGV: question, answer. Resolves to the answer that holds, or nothing. */
const ANSWER = `
local there = redis.call('HGET', KEYS[1], 'answer:' .. ARGV[1])
if there then return there end
if redis.call('HEXISTS', KEYS[1], 'open:' .. ARGV[1]) == 0 then return false end
redis.call('HSET', KEYS[1], 'answer:' .. ARGV[1], ARGV[2])
return ARGV[2]`;

/** KEYS: signals, wait list · ARGV: the job that begins. What Claude asks in a turn of its own, beside the jobs, stays while it is open. */
const TIDY = `
local fields = redis.call('HKEYS', KEYS[1])
local late = false
for _, field in ipairs(fields) do late = late or string.find(field, '^open:n%-late%-') ~= nil end
for _, field in ipairs(fields) do
  local job = string.match(field, '^stop:(.*)$')
  if late and string.find(field, ':n%-late%-') then job = ARGV[1] end
  if not job or (job ~= ARGV[1] and not redis.call('LPOS', KEYS[2], job)) then redis.call('HDEL', KEYS[1], field) end
end`;

export function createSignals(redis: Redis, subscriptions: Subscriptions, bull: BullQueues): Signals {
  const keyOf = (queue: string) => resourceKey(queue, 'signals');
  const call = ({ name, group }: QueueRef) => redis.publish(signalChannel(group), name);
  const answerOf = async (queue: string, questionId: string) => {
    const signal = parseStored(signalSchema, await redis.hget(keyOf(queue), `answer:${questionId}`));
    return signal?.kind === 'answer' ? signal : undefined;
  };
  const set = async (queue: string, field: string, value: string) => {
    const key = keyOf(queue);
    for (const [error] of (await redis.pipeline().hsetnx(key, field, value).expire(key, KEPT_SECONDS).exec()) ?? [])
      if (error) throw error;
  };
  return {
    async stop(queue, stop) {
      await set(queue.name, `stop:${stop.jobId}`, JSON.stringify({ ...stop, kind: 'stop' }));
      const paused = resourceKey(queue.name, 'paused');
      // A queue that waits because of this job need not wait any more.
      if ((await redis.get(paused)) === stop.jobId) {
        await redis.del(paused);
        await redis.sadd(pendingKey(queue.group), queue.name);
        await redis.publish(readyChannel(queue.group), queue.name);
      }
      await call(queue);
    },
    async stopOf(queue, jobId) {
      const signal = parseStored(signalSchema, await redis.hget(keyOf(queue), `stop:${jobId}`));
      return signal?.kind === 'stop' ? signal : undefined;
    },
    async forgetStop(queue, jobId) {
      await redis.hdel(keyOf(queue), `stop:${jobId}`);
    },
    async answer(queue, answer) {
      const { questionId } = answer;
      const given = JSON.stringify({ ...answer, kind: 'answer' });
      const holds = (await redis.eval(ANSWER, 1, keyOf(queue.name), questionId, given)) as string | null;
      await call(queue);
      const signal = parseStored(signalSchema, holds);
      return signal?.kind === 'answer' ? signal : undefined;
    },
    async questionId(queue, name) {
      return `${name}-${Number(await redis.hget(keyOf(queue), `used:${name}`))}`;
    },
    async open(queue, questionId, place) {
      await set(queue, `open:${questionId}`, JSON.stringify(place ?? 1));
      return answerOf(queue, questionId);
    },
    async listOpen(queue) {
      const fields = Object.entries(await redis.hgetall(keyOf(queue)));
      return fields.flatMap(([field, value]) =>
        field.startsWith('open:')
          ? [{ questionId: field.slice('open:'.length), place: parseStored(placeSchema, value) }]
          : [],
      );
    },
    async close(queue, questionId) {
      const name = questionId.slice(0, questionId.lastIndexOf('-'));
      const key = keyOf(queue);
      const closing = redis.multi().hdel(key, `open:${questionId}`).hincrby(key, `used:${name}`, 1);
      for (const [error] of (await closing.exec()) ?? []) if (error) throw error;
      return answerOf(queue, questionId);
    },
    async tidy({ name }, jobId) {
      await redis.eval(TIDY, 2, keyOf(name), bull.queue(name).toKey('wait'), jobId);
    },
    listen: (group, listener, onGap) => subscriptions.subscribe(signalChannel(group), listener, onGap),
  };
}
