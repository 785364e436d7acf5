import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recorder, startTestRedis, type TestMember, type TestRedis } from '../../testing/redis.ts';
import { type Choose, createChoose } from './choose.ts';
import type { JobHandler } from './job-handler.ts';
import { PauseQueue } from './pause-queue.ts';
import { JobFailed, type TakenJob } from './taken-job.ts';

let redis: TestRedis;
let member: TestMember;
let choose: Choose;
let unique = 0;
beforeAll(async () => {
  redis = await startTestRedis();
  member = await redis.member('a');
  choose = createChoose(member.commands, member.bull, member.add);
});
afterAll(() => redis.stop());

const newQueue = () => {
  const group = `g${++unique}`;
  return { name: `${group}-q`, group };
};
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
    expect(await choose(about, { choice: 'continue', questionId: 'another' })).toBe('done');
    await expect.poll(() => served.seen.length).toBe(2);
    expect(await choose(about, { choice: 'continue', questionId: 'this' })).toBe('done');
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
      answered = choose({ queue, jobId: job.id }, { choice: 'drop', questionId: 'q' });
      await answered;
      throw new PauseQueue('a question', { questionId: 'q' });
    };
    const consumer = await member.consume(queue.group, { ...recording.handler, handle }, 50);
    await member.add(queue, entry('quick'));
    await recording.until(1);
    await consumer.stop(1_000);
  });
});

describe('choosing for a job that failed', () => {
  it('retries it once however often that is chosen, and the retry of a retry is another', async () => {
    const queue = newQueue();
    const served = await serve(queue, () => {
      throw new JobFailed('always');
    });
    await member.add(queue, entry('poor'));
    const failed = (id: string) =>
      expect.poll(async () => (await member.bull.queue(queue.name).getJob(id))?.isFailed());
    await failed('poor').toBe(true);
    const retry = { choice: 'retry', questionId: 'q' } as const;
    expect(await choose({ queue, jobId: 'poor' }, retry)).toBe('done');
    expect(await choose({ queue, jobId: 'poor' }, retry)).toBe('done');
    await failed('poor-again').toBe(true);
    expect(await choose({ queue, jobId: 'poor-again' }, retry)).toBe('done');
    await failed('poor-again-again').toBe(true);
    expect(served.seen.map(({ id }) => id)).toEqual(['poor', 'poor-again', 'poor-again-again']);
    expect(await choose({ queue, jobId: 'poor' }, { choice: 'drop', questionId: 'q' })).toBe('done');
    expect(await choose({ queue, jobId: 'poor' }, { choice: 'continue', questionId: 'q' })).toBe('gone');
    await served.stop();
  });

  it('finds nothing to choose for a job that is done or was never there', async () => {
    const queue = newQueue();
    const served = await serve(queue, () => undefined);
    await member.add(queue, entry('fine'));
    await served.until(1);
    await expect.poll(async () => (await member.bull.queue(queue.name).getJob('fine'))?.isCompleted()).toBe(true);
    for (const choice of ['continue', 'drop'] as const) {
      expect(await choose({ queue, jobId: 'fine' }, { choice, questionId: 'q' })).toBe('gone');
      expect(await choose({ queue, jobId: 'nobody' }, { choice, questionId: 'q' })).toBe('gone');
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
