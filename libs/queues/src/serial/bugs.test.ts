import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recorder, startTestRedis, type TestMember, type TestRedis } from '../../testing/redis.ts';
import { keys } from '../redis/schema/schema.ts';
import { requireReadable } from './require-readable.ts';

let redis: TestRedis;
let member: TestMember;
beforeAll(async () => {
  redis = await startTestRedis();
  member = await redis.member('worker');
});
afterAll(() => redis.stop());

/** Adds two jobs, of which the first goes wrong, and waits for the second. */
async function twoJobs(group: string, work: (job: { id: string }) => Promise<unknown>) {
  const told: string[] = [];
  const { handler, done, until } = recorder(work);
  const tellOfBug = async (_queue: string, { id }: { id: string }) => void told.push(id);
  const queue = { name: `${group}-1`, group };
  for (const id of ['first', 'second']) await member.add(queue, { id, name: 'test', data: {} });
  const consumer = await member.consume(group, { ...handler, tellOfBug });
  await until(group === 'away' ? 2 : 1);
  await consumer.stop(0);
  const failed = await member.bull.queue(queue.name).getFailed();
  return { done, told, failed: failed.map(({ id }) => id) };
}

describe('a job that meets a bug', () => {
  it('fails, is told once, and the next job goes on', async () => {
    const before = member.bugs.length;
    const { done, told, failed } = await twoJobs('typeerror', async ({ id }) => {
      if (id === 'first') throw new TypeError('x is undefined');
    });
    expect({ done, told, failed }).toEqual({ done: ['second'], told: ['first'], failed: ['first'] });
    expect(member.bugs.slice(before)).toEqual([new TypeError('x is undefined')]);
  });

  it('that is an entry nobody can read fails and is told as well', async () => {
    const before = member.bugs.length;
    const { done, told, failed } = await twoJobs('unreadable', async ({ id }) => {
      if (id === 'first') requireReadable({ status: 'invalid', problem: 'kind: invalid' }, 'a job');
    });
    expect({ done, told, failed }).toEqual({ done: ['second'], told: ['first'], failed: ['first'] });
    expect(member.bugs.slice(before)).toHaveLength(1);
  });

  it('whose outcome cannot be written down fails, and the next job goes on', async () => {
    const before = member.bugs.length;
    const { handler, until } = recorder();
    const handle: typeof handler.handle = async (queue, taken, context) => {
      await handler.handle(queue, taken, context);
      return taken.id === 'first' ? 1n : undefined;
    };
    const queue = { name: 'unwritable-1', group: 'unwritable' };
    for (const id of ['first', 'second']) await member.add(queue, { id, name: 'test', data: {} });
    const consumer = await member.consume('unwritable', { ...handler, handle });
    await until(2);
    await consumer.stop(0);
    const failed = await member.bull.queue(queue.name).getFailed();
    expect(failed.map(({ id, failedReason }) => [id, failedReason])).toEqual([['first', 'Unforeseen TypeError']]);
    expect(member.bugs.slice(before)).toHaveLength(1);
  });

  it('at once, or cannot even be told, fails as well, and the next job goes on', async () => {
    const { handler, done, until } = recorder();
    const throws = () => {
      throw new TypeError('x is undefined');
    };
    const queue = { name: 'at-once-1', group: 'at-once' };
    for (const id of ['first', 'second']) await member.add(queue, { id, name: 'test', data: {} });
    const consumer = await member.consume('at-once', {
      ...handler,
      handle: (name, job, context) => (job.id === 'first' ? throws() : handler.handle(name, job, context)),
      tellOfBug: throws,
    });
    await until(1);
    await consumer.stop(0);
    expect(done).toEqual(['second']);
  });

  it.each(['{torn', ''])('whose data are no JSON (%j) fails and is told, and the next job goes on', async (data) => {
    const before = member.bugs.length;
    const told: unknown[] = [];
    const { handler, done, until } = recorder();
    const queue = { name: `torn-${data.length}`, group: `torn-${data.length}` };
    for (const id of ['first', 'second']) await member.add(queue, { id, name: 'test', data: { id } });
    await member.commands.hset(keys.job(queue.name, 'first'), 'data', data);
    const consumer = await member.consume(queue.group, {
      ...handler,
      async handle(name, job, context) {
        const isRead = typeof job.data === 'object' && job.data !== null && 'id' in job.data;
        requireReadable(
          isRead ? { status: 'ok', value: job.data } : { status: 'invalid', problem: 'no object' },
          'a job',
        );
        return handler.handle(name, job, context);
      },
      tellOfBug: async (_queue, job) => void told.push(job.id),
    });
    await until(1);
    await consumer.stop(0);
    expect({ done, told, bugs: member.bugs.length - before }).toEqual({ done: ['second'], told: ['first'], bugs: 1 });
  });
});

describe('a job that meets a Redis that is away', () => {
  it('goes back to the head and is done when it is tried again', async () => {
    let tries = 0;
    const { done, told, failed } = await twoJobs('away', async ({ id }) => {
      if (id !== 'first') return;
      tries += 1;
      if (tries === 1) throw new Error('Command timed out');
    });
    expect({ done, told, failed }).toEqual({ done: ['first', 'second'], told: [], failed: [] });
  });
});

describe('what an owner left behind', () => {
  it('keeps no job from being done if dealing with it meets a bug', async () => {
    const { handler, done, until } = recorder();
    const enter = async () => {
      throw new TypeError('the record is corrupt');
    };
    await member.add({ name: 'entered-1', group: 'entered' }, { id: 'job', name: 'test', data: {} });
    const before = member.bugs.length;
    const consumer = await member.consume('entered', { ...handler, enter });
    await until(1);
    await consumer.stop(0);
    expect(done).toEqual(['job']);
    expect(member.bugs.slice(before)).toHaveLength(1);
  });
});
