import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deferred, recorder, startTestRedis, type TestMember, type TestRedis } from '../../testing/redis.ts';
import { createSignals } from './signals.ts';
import { createWaiting, type Waiting } from './waiting.ts';

const queue = { name: 'session-web', group: 'session.default' };
let redis: TestRedis;
let member: TestMember;
let waiting: Waiting;
beforeAll(async () => {
  redis = await startTestRedis();
  member = await redis.member('a');
  waiting = createWaiting(member.commands);
});
afterAll(() => redis.stop());
beforeEach(async () => {
  await member.commands.flushall();
  for (const id of ['a', 'b', 'c', 'd']) await member.add(queue, { id, name: 'message', data: { text: id } });
});

const signals = () => createSignals(member.commands, member.subscriptions);
const ids = async () => (await waiting.list(queue.name, 50)).map(({ id }) => id);
const parts = (...ids: string[]) => ids.map((id) => ({ id, data: { text: id } }));
const stop = (jobId: string) => signals().stop(queue, { id: 'u-1-9', jobId, by: 'Ann' });

/** Has the first job begin, runs `look` meanwhile, and resolves to the order in which all were done, and their data. */
async function whileFirstRuns(look: () => Promise<void>): Promise<{ done: string[]; seen: unknown[] }> {
  const begun = deferred();
  const go = deferred();
  const seen: unknown[] = [];
  const { handler, done, until } = recorder(async (job) => {
    seen.push((job as { data?: unknown }).data);
    begun.resolve();
    await go.promise;
  });
  const consumer = await member.consume(queue.group, handler);
  await begun.promise;
  await look();
  go.resolve();
  await until(4);
  await consumer.stop(1_000);
  return { done, seen };
}

describe('the list of what waits', () => {
  it('has the jobs in their order, and says which one has begun', async () => {
    await whileFirstRuns(async () => {
      expect((await waiting.list(queue.name, 50)).map(({ id, hasBegun }) => [id, hasBegun])).toEqual([
        ['a', true],
        ['b', false],
        ['c', false],
        ['d', false],
      ]);
    });
    expect(await ids()).toEqual([]);
  });

  it('leaves out what was taken out by a signal, and is cut to the most that is asked for', async () => {
    await stop('b');
    expect(await ids()).toEqual(['a', 'c', 'd']);
    expect((await waiting.list(queue.name, 2)).map(({ id }) => id)).toEqual(['a']);
  });
});

describe('a job that waits', () => {
  it('can be given other data, which it is then done with', async () => {
    expect(await waiting.edit(queue.name, 'b', { text: 'edited' })).toBe(true);
    const { seen } = await whileFirstRuns(async () => undefined);
    expect(seen).toEqual([{ text: 'a' }, { text: 'edited' }, { text: 'c' }, { text: 'd' }]);
  });

  it('can be put next: behind the one that has begun, before all others', async () => {
    const { done } = await whileFirstRuns(async () => {
      expect(await waiting.putNext(queue.name, 'd')).toBe(true);
      expect(await ids()).toEqual(['a', 'd', 'b', 'c']);
    });
    expect(done).toEqual(['a', 'd', 'b', 'c']);
  });

  it('can become part of the turn of another one, whose data then holds both', async () => {
    const { seen } = await whileFirstRuns(async () => {
      expect(await waiting.join(queue.name, 'a', { text: 'a and more' }, parts('b', 'c'))).toBe(true);
      expect(await waiting.joinedTo(queue.name, 'b')).toBe('a');
      expect((await waiting.list(queue.name, 50)).map(({ id, joinedTo }) => [id, joinedTo])).toContainEqual(['b', 'a']);
      expect(await waiting.edit(queue.name, 'b', { text: 'too late' })).toBe(false);
      expect(await waiting.putNext(queue.name, 'b')).toBe(false);
      await member.add(queue, { id: 'e', name: 'message', data: {} });
      expect(await waiting.putNext(queue.name, 'e')).toBe(true);
      // What belongs to the running turn stays directly behind it.
      expect(await ids()).toEqual(['a', 'b', 'c', 'e', 'd']);
    });
    expect(seen[1]).toEqual({ text: 'b' });
    await waiting.beginAfresh(queue.name, 'd');
    expect(await waiting.joinedTo(queue.name, 'b')).toBeUndefined();
  });

  it('becomes part of the same turn when that is said again, because the first answer was lost', async () => {
    await whileFirstRuns(async () => {
      expect(await waiting.join(queue.name, 'a', { text: 'a and b' }, parts('b'))).toBe(true);
      expect(await waiting.join(queue.name, 'a', { text: 'a, b and c' }, parts('b', 'c'))).toBe(true);
      expect(await waiting.read(queue.name, 'a')).toEqual({ text: 'a, b and c' });
      expect(await waiting.join(queue.name, 'd', { text: 'd and b' }, parts('b'))).toBe(false);
    });
  });

  it('does not become part of one that was read before it was changed', async () => {
    await whileFirstRuns(async () => {
      await waiting.edit(queue.name, 'b', { text: 'edited' });
      expect(await waiting.join(queue.name, 'a', { text: 'a and b' }, parts('b'))).toBe(false);
      expect(await waiting.joinedTo(queue.name, 'b')).toBeUndefined();
    });
  });

  it('may be joined from when it begins afresh until that is decided, also if there was nothing to join', async () => {
    const joining = async () =>
      (await waiting.list(queue.name, 50)).filter(({ isJoining }) => isJoining).map(({ id }) => id);
    expect([await waiting.mayJoin(queue.name, 'a'), await joining()]).toEqual([false, []]);
    await waiting.beginAfresh(queue.name, 'a');
    expect(await joining()).toEqual(['a']);
    expect([await waiting.mayJoin(queue.name, 'a'), await waiting.mayJoin(queue.name, 'b')]).toEqual([true, false]);
    expect(await waiting.join(queue.name, 'a', { text: 'other' }, [])).toBe(true);
    expect([await waiting.mayJoin(queue.name, 'a'), await joining()]).toEqual([false, []]);
    expect(await waiting.read(queue.name, 'a')).toEqual({ text: 'a' });
  });
});

describe('nothing is changed about a job that', () => {
  it.each([
    ['has begun', async () => 'a'],
    [
      'was taken out',
      async () => {
        await stop('c');
        return 'c';
      },
    ],
    ['is not there', async () => 'nobody'],
  ])('%s', async (_what, prepare) => {
    await whileFirstRuns(async () => {
      const id = await prepare();
      expect(await waiting.edit(queue.name, id, { text: 'x' })).toBe(false);
      expect(await waiting.join(queue.name, 'b', { text: 'x' }, parts('d', id))).toBe(false);
      expect(await waiting.joinedTo(queue.name, 'd')).toBeUndefined();
      if (id !== 'c') expect(await waiting.putNext(queue.name, id)).toBe(false);
    });
  });
});

describe('a queue that is emptied', () => {
  it('holds nothing any more, remembers no job, and goes on with what comes later', async () => {
    await member.commands.set(`signalbox:{${queue.name}}:paused`, 'a');
    expect([await waiting.empty(queue.name), await waiting.empty(queue.name)]).toEqual([true, true]);
    expect(await ids()).toEqual([]);
    expect(await member.commands.keys(`signalbox:{${queue.name}}:${queue.name}:[abcd]*`)).not.toContain(
      `signalbox:{${queue.name}}:${queue.name}:a`,
    );
    await member.add(queue, { id: 'a', name: 'message', data: { text: 'again' } });
    const { handler, done, until } = recorder();
    const consumer = await member.consume(queue.group, handler);
    await until(1);
    await consumer.stop(1_000);
    expect(done).toEqual(['a']);
  });

  it('is left as it is while somebody holds it', async () => {
    const lease = await member.leases.acquire(queue.name);
    expect(await waiting.empty(queue.name)).toBe(false);
    expect(await ids()).toEqual(['a', 'b', 'c', 'd']);
    await lease?.release();
  });

  it('is lost for a holder that was away, although nobody else has it', async () => {
    const lease = await member.leases.acquire(queue.name);
    // The holder may renew it in between.
    const emptied = async () => {
      await member.commands.del(`signalbox:{${queue.name}}:lease`);
      return waiting.empty(queue.name);
    };
    await expect.poll(emptied).toBe(true);
    await expect.poll(() => lease?.lost.aborted).toBe(true);
  });
});
