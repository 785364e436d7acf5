import {
  type Answer,
  answerSchema,
  choiceSchema,
  type JobSubject,
  jobOfChoice,
  type Place,
  placeSchema,
  readSessionJob,
  retryJobId,
  type Subject,
} from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { execAll } from '../redis/exec-all.ts';
import { parseStored } from '../redis/parse-stored.ts';
import { retention } from '../redis/schema/retention.ts';
import { keys } from '../redis/schema/schema.ts';
import { takeAnswer, tidyQuestions } from '../redis/scripts/questions.ts';
import { runScript } from '../redis/scripts/script.ts';
import type { AddJob } from '../serial/add-job.ts';
import type { BullQueues } from '../serial/bull-queues.ts';
import { callConsumers } from '../serial/call-consumers.ts';
import { callHolder } from './signals.ts';

/**
 * Questions to people, and their answers: of each question the first one is taken. One about a job is open as long as the job is kept and at
 * that point; one about a request of a running turn from `open` to `close`. Every method rejects with Redis's error.
 */
export interface Questions {
  /**
   * Gives an answer, and brings about what it means: a turn that waits is called; a queue that waits for its job goes on; a job that
   * failed is added again. To be done again after an error: what was taken before is brought about again, without further effect. Resolves
   * to the answer that holds; `undefined`: nobody waits for one any more.
   */
  answer(question: AnsweredQuestion, answer: Answer): Promise<Answer | undefined>;
  /** The id of the request of this name: the same one until it is closed. */
  requestId(queue: string, name: string): Promise<string>;
  /** Says that an answer is waited for, to a question that is shown in this place. Resolves to the one that is there already. */
  open(queue: string, requestId: string, place?: Place): Promise<Answer | undefined>;
  /** The requests that an answer is waited for. */
  listOpen(queue: string): Promise<OpenRequest[]>;
  /** Says that none is waited for any more: asked again, it is another request. Resolves to the answer that came before that. */
  close(queue: string, requestId: string): Promise<Answer | undefined>;
  /** Forgets the answers to turns that are over and about jobs that are no longer kept. To be done when a job begins afresh. */
  tidy(queue: string): Promise<void>;
}

/** Which question is answered: its id, which is that of the reply that asks it, and what it is about. */
export interface AnsweredQuestion {
  readonly questionId: string;
  readonly about: Subject;
}

/** A request of a running turn that an answer is waited for. */
export interface OpenRequest {
  readonly requestId: string;
  /** Where it is shown, if that was said. */
  readonly place: Place | undefined;
}

/** All that is asked in a queue is in one hash: whoever takes the queue over finds it in one look. */
export function createQuestions(redis: Redis, bull: BullQueues, addJob: AddJob): Questions {
  const answerOf = async (queue: string, questionId: string) =>
    parseStored(answerSchema, await redis.hget(keys.questions(queue), `answer:${questionId}`));
  return {
    async answer(question, given) {
      const { about } = question;
      const holds = await take(redis, question, given);
      if (holds === undefined) return undefined;
      if ('requestId' in about) await callHolder(redis, about.queue);
      else if (holds.value === 'retry') await addAgain(about, bull, addJob);
      else if (!(await addCommand(about, holds.value, bull, addJob))) await callConsumers(redis, about.queue);
      return holds;
    },
    async requestId(queue, name) {
      return `${name}-${Number(await redis.hget(keys.questions(queue), `used:${name}`))}`;
    },
    async open(queue, requestId, place) {
      const key = keys.questions(queue);
      const opening = redis.pipeline().hsetnx(key, `open:${requestId}`, JSON.stringify(place ?? 1));
      await execAll(opening.expire(key, retention.answerable));
      return answerOf(queue, requestId);
    },
    async listOpen(queue) {
      const fields = Object.entries(await redis.hgetall(keys.questions(queue)));
      return fields.flatMap(([field, value]) =>
        field.startsWith('open:')
          ? [{ requestId: field.slice('open:'.length), place: parseStored(placeSchema, value) }]
          : [],
      );
    },
    async close(queue, requestId) {
      const name = requestId.slice(0, requestId.lastIndexOf('-'));
      const key = keys.questions(queue);
      const closing = redis.multi().hdel(key, `open:${requestId}`).hincrby(key, `used:${name}`, 1);
      await execAll(closing.expire(key, retention.answerable));
      return answerOf(queue, requestId);
    },
    async tidy(queue) {
      await runScript(redis, tidyQuestions, [keys.questions(queue), keys.job(queue, '')], []);
    },
  };
}

/** Takes an answer, if it is the first one to a question that is open. In the same step a pause of the queue for its job ends. */
async function take(redis: Redis, { questionId, about }: AnsweredQuestion, given: Answer): Promise<Answer | undefined> {
  const job = 'jobId' in about ? about.jobId : undefined;
  // What is no choice was never offered about a job.
  if (job !== undefined && !choiceSchema.safeParse(given.value).success) return undefined;
  const id = 'requestId' in about ? about.requestId : questionId;
  const stored = JSON.stringify({ ...given, jobId: job });
  const args = [id, stored, retention.answerable, ...(job === undefined ? [] : [job, given.value])];
  const holds = await runScript(redis, takeAnswer, keysOfAnswer(about.queue.name), args);
  return parseStored(answerSchema, holds as string | null);
}

function keysOfAnswer(queue: string) {
  const { questions, chosen, paused, wait, active, failed } = keys;
  return [questions(queue), chosen(queue), paused(queue), wait(queue), active(queue), failed(queue)] as const;
}

/** Adds the command that was chosen for a message that failed. Resolves to whether one was. */
async function addCommand(
  { queue, jobId }: JobSubject,
  value: string,
  bull: BullQueues,
  addJob: AddJob,
): Promise<boolean> {
  const choice = choiceSchema.safeParse(value).data;
  if (choice === undefined) return false;
  const failed = readSessionJob((await bull.queue(queue.name).getJob(jobId))?.data);
  const command = failed.status === 'ok' ? jobOfChoice(choice, jobId, failed.value) : undefined;
  if (command) await addJob(queue, { ...command, name: command.data.kind });
  return command !== undefined;
}

async function addAgain({ queue, jobId }: JobSubject, bull: BullQueues, addJob: AddJob): Promise<void> {
  const job = await bull.queue(queue.name).getJob(jobId);
  if (job) await addJob(queue, { id: retryJobId(jobId), name: job.name, data: job.data });
}
