import { type Choice, type JobSubject, messageUuid } from '@signalbox/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recorder, startTestRedis, type TestMember, type TestRedis } from '../../testing/redis.ts';
import type { JobHandler } from '../serial/job-handler.ts';
import { PauseQueue } from '../serial/pause-queue.ts';
import { JobFailed, type TakenJob } from '../serial/taken-job.ts';
import { createQuestions, type Questions } from './questions.ts';

let redis: TestRedis;
let member: TestMember;
let questions: Questions;
let unique = 0;
beforeAll(async () => {
  redis = await startTestRedis();
  member = await redis.member('a');
  questions = createQuestions(member.commands, member.bull, member.add);
});
afterAll(() => redis.stop());

const newQueue = () => {
  const group = `g${++unique}`;
  return { name: `${group}-q`, group };
};
let answers = 0;
/** Another person's answer each time. */
const answer = async (about: JobSubject, value: Choice, questionId: string) =>
  (await questions.answer({ questionId, about }, { id: `u-${++answers}`, value, by: 'Ann' }))?.value;
const entry = (id: string) => ({ id, name: 'test', data: { id } });

/** Serves a queue with a handler that notes what it sees of each job and then does what it is told. */
async function serve(queue: { name: string; group: string }, work: (job: TakenJob) => void) {
  const seen: Pick<TakenJob, 'id' | 'startedBefore' | 'takeOvers' | 'afterPause' | 'chosen'>[] = [];
  const recording = recorder();
  const handle: JobHandler['handle'] = async (_queue, job, context) => {
    const { id, startedBefore, takeOvers, afterPause, chosen } = job;
    seen.push({ id, startedBefore, takeOvers, afterPause, chosen });
    work(job);
    return recording.handler.handle(queue.name, job, context);
  };
  const consumer = await member.consume(queue.group, { ...recording.handler, handle }, 50);
  return { seen, done: recording.done, until: recording.until, stop: () => consumer.stop(1_000) };
}

describe('a job that pauses its queue', () => {
  it('keeps it from everybody for the time, and is first when it goes on, as a job that was not cut off', async () => {
    const queue = newQueue();
    let pauses = 1;
    const served = await serve(queue, () => {
      if (pauses-- > 0) throw new PauseQueue('a limit', { questionId: 'q', forMs: 400 });
    });
    await member.add(queue, entry('first'));
    await member.add(queue, entry('second'));
    await expect.poll(() => served.seen.length).toBe(1);
    await expect.poll(() => member.leases.acquire(queue.name)).toBeUndefined();
    await served.until(2);
    expect(served.done).toEqual(['first', 'second']);
    expect(served.seen[1]).toMatchObject({ id: 'first', startedBefore: true, afterPause: true, takeOvers: 0 });
    await served.stop();
  });

  it('waits for its question to be answered, and is told the answer; another question’s does not end the pause', async () => {
    const queue = newQueue();
    const about = { queue, jobId: 'asks' };
    const served = await serve(queue, ({ chosen }) => {
      if (chosen?.questionId !== 'this') throw new PauseQueue('a question', { questionId: 'this' });
    });
    await member.add(queue, entry('asks'));
    await expect.poll(() => member.commands.exists(`signalbox:{${queue.name}}:paused`)).toBe(1);
    expect(await answer(about, 'continue', 'another')).toBe('continue');
    await expect.poll(() => served.seen.length).toBe(2);
    expect(await answer(about, 'continue', 'this')).toBe('continue');
    await served.until(1);
    expect(served.seen.at(-1)?.chosen).toEqual({ choice: 'continue', questionId: 'this' });
    await served.stop();
  });

  it('goes on at once if the answer came before the pause', async () => {
    const queue = newQueue();
    let answered: Promise<unknown> | undefined;
    const recording = recorder();
    const handle: JobHandler['handle'] = async (name, job, context) => {
      if (job.chosen) return recording.handler.handle(name, job, context);
      answered = answer({ queue, jobId: job.id }, 'drop', 'q');
      await answered;
      throw new PauseQueue('a question', { questionId: 'q' });
    };
    const consumer = await member.consume(queue.group, { ...recording.handler, handle }, 50);
    await member.add(queue, entry('quick'));
    await recording.until(1);
    await consumer.stop(1_000);
  });
});

describe('an answer about a job that waits', () => {
  it('is taken once and may be no retry; what is no choice is none', async () => {
    const queue = newQueue();
    const about = { queue, jobId: 'waits' };
    await member.add(queue, entry('waits'));
    const other = { id: 'u-1-9', value: 'explode', by: 'Ann' };
    expect(await questions.answer({ questionId: 'q', about }, other)).toBeUndefined();
    expect(await answer(about, 'retry', 'q')).toBeUndefined();
    expect(await answer(about, 'drop', 'q')).toBe('drop');
    expect(await answer(about, 'continue', 'q')).toBe('drop');
    expect(await member.commands.hget(`signalbox:{${queue.name}}:chosen`, 'waits')).toBe('drop q');
  });

  it('leaves alone a pause for another job', async () => {
    const queue = newQueue();
    const paused = `signalbox:{${queue.name}}:paused`;
    await member.add(queue, entry('waits'));
    await member.commands.set(paused, 'first');
    await answer({ queue, jobId: 'waits' }, 'drop', 'q');
    expect(await member.commands.get(paused)).toBe('first');
  });
});

describe('an answer about a message that failed', () => {
  const origin = { place: { chatId: 7 }, messageId: 5, userId: 7, userName: 'Ann', sentAt: 1 };
  const data = { version: 1, kind: 'message', session: 'web', origin, text: 'hello' };

  it.each([
    ['back', { kind: 'rewind', backTo: messageUuid('poor'), tries: [messageUuid('poor')] }],
    ['back-to-good', { kind: 'rewind', backTo: 'good' }],
    ['compact', { kind: 'compact' }],
    ['clear', { kind: 'clear' }],
  ] as const)('that says “%s” adds that command once, for the same person and place', async (choice, command) => {
    const queue = newQueue();
    const served = await serve(queue, ({ id }) => {
      if (id === 'poor') throw new JobFailed('refused');
    });
    await member.add(queue, { id: 'poor', name: 'message', data });
    await expect.poll(async () => (await member.bull.queue(queue.name).getJob('poor'))?.isFailed()).toBe(true);
    expect(await answer({ queue, jobId: 'poor' }, choice, 'q')).toBe(choice);
    expect(await answer({ queue, jobId: 'poor' }, choice, 'q')).toBe(choice);
    await served.until(1);
    expect(served.seen.map(({ id }) => id)).toEqual(['poor', `poor-${choice}`]);
    const added = await member.bull.queue(queue.name).getJob(`poor-${choice}`);
    expect(added?.data).toEqual({ version: 1, session: 'web', origin, ...command });
    await served.stop();
  });

  it.each(['back', 'back-to-good', 'compact', 'clear'] as const)('and waits may not say “%s”', async (choice) => {
    const queue = newQueue();
    await member.add(queue, { id: 'waits', name: 'message', data });
    expect(await answer({ queue, jobId: 'waits' }, choice, 'q')).toBeUndefined();
  });
});

describe('an answer about a job that failed', () => {
  it('retries it once however often that is chosen, and the retry of a retry is another', async () => {
    const queue = newQueue();
    const served = await serve(queue, () => {
      throw new JobFailed('always');
    });
    await member.add(queue, entry('poor'));
    const failed = (id: string) =>
      expect.poll(async () => (await member.bull.queue(queue.name).getJob(id))?.isFailed());
    await failed('poor').toBe(true);
    expect(await answer({ queue, jobId: 'poor' }, 'retry', 'q')).toBe('retry');
    expect(await answer({ queue, jobId: 'poor' }, 'retry', 'q')).toBe('retry');
    await failed('poor-again').toBe(true);
    expect(await answer({ queue, jobId: 'poor-again' }, 'retry', 'q-again')).toBe('retry');
    await failed('poor-again-again').toBe(true);
    expect(served.seen.map(({ id }) => id)).toEqual(['poor', 'poor-again', 'poor-again-again']);
    expect(await answer({ queue, jobId: 'poor' }, 'drop', 'q')).toBe('retry');
    expect(await answer({ queue, jobId: 'poor' }, 'drop', 'another')).toBe('drop');
    expect(await answer({ queue, jobId: 'poor' }, 'continue', 'a third')).toBeUndefined();
    await served.stop();
  });

  it('that was taken before the retry was added adds it when it is given again', async () => {
    const queue = newQueue();
    const served = await serve(queue, ({ id }) => {
      if (id === 'poor') throw new JobFailed('once');
    });
    await member.add(queue, entry('poor'));
    await expect.poll(async () => (await member.bull.queue(queue.name).getJob('poor'))?.isFailed()).toBe(true);
    const dying = createQuestions(member.commands, member.bull, () => Promise.reject(new Error('killed')));
    const question = { questionId: 'q', about: { queue, jobId: 'poor' } };
    const retry = { id: 'u-1-9', value: 'retry', by: 'Ann' };
    await expect(dying.answer(question, retry)).rejects.toThrow('killed');
    expect(await questions.answer(question, retry)).toEqual(retry);
    await served.until(1);
    expect(served.done).toEqual(['poor-again']);
    await served.stop();
  });

  it('is refused for a job that is done or was never there', async () => {
    const queue = newQueue();
    const served = await serve(queue, () => undefined);
    await member.add(queue, entry('fine'));
    await served.until(1);
    await expect.poll(async () => (await member.bull.queue(queue.name).getJob('fine'))?.isCompleted()).toBe(true);
    for (const choice of ['continue', 'drop'] as const) {
      expect(await answer({ queue, jobId: 'fine' }, choice, 'q')).toBeUndefined();
      expect(await answer({ queue, jobId: 'nobody' }, choice, 'q')).toBeUndefined();
    }
    await served.stop();
  });
});

describe('a queue that needs a holder', () => {
  it('is taken by another when its holder dies although it is empty, and that one is told before its first job', async () => {
    const queue = newQueue();
    const dead = await redis.member('dead');
    const first = recorder();
    first.handler.keep = true;
    await dead.consume(queue.group, { ...first.handler, needsHolder: () => true });
    await dead.add(queue, entry('starts-something'));
    await first.until(1);
    const entered: [string, boolean][] = [];
    const heir = recorder();
    const enter: JobHandler['enter'] = async (name, { hasWork }) => void entered.push([name, await hasWork()]);
    const consumer = await member.consume(queue.group, { ...heir.handler, enter }, 50);
    dead.leases.close(); // as if killed: nothing is released
    await expect.poll(() => entered, { timeout: 5_000 }).toEqual([[queue.name, false]]);
    await expect.poll(() => member.commands.smembers(`signalbox:pending:${queue.group}`)).toEqual([]);
    await consumer.stop(1_000);
  });
});
