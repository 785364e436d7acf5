import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deferred, recorder, startTestRedis, type TestMember, type TestRedis } from '../../testing/redis.ts';
import { createWaiting } from '../beside/waiting.ts';
import { createOverview, type Overview } from './overview.ts';

let redis: TestRedis;
let member: TestMember;
let overview: Overview;
beforeAll(async () => {
  redis = await startTestRedis();
  member = await redis.member('a');
  overview = createOverview(member.commands, member.bull);
});
afterAll(() => redis.stop());

const add = (name: string, group: string, id: string) => member.add({ name, group }, { id, name: 'test', data: {} });

describe('the overview', () => {
  it('counts what waits and what runs, says what is ahead of a job, and who is held', async () => {
    const began = Date.now();
    for (const id of ['j-1', 'j-2', 'j-3']) await add('busy', 'one', id);
    await add('quiet', 'nobody', 'j-1');
    const [started, mayEnd] = [deferred(), deferred()];
    const work = recorder(async () => {
      started.resolve();
      await mayEnd.promise;
    });
    const consumer = await member.consume('one', work.handler);
    await started.promise;

    expect(await overview.openJobs(['busy', 'quiet', 'unknown'])).toEqual(
      new Map([
        ['busy', 3],
        ['quiet', 1],
        ['unknown', 0],
      ]),
    );
    const load = await overview.load(['busy', 'quiet', 'unknown']);
    expect(load).toMatchObject({ running: 1, waiting: 3 });
    expect([...(await overview.waiting(['busy', 'quiet', 'unknown'])).values()]).toEqual([2, 1, 0]);
    expect(load.oldestAt).toBeGreaterThanOrEqual(began);
    expect(load.oldestAt).toBeLessThanOrEqual(Date.now());
    expect(await overview.load([])).toEqual({ running: 0, waiting: 0, oldestAt: undefined });
    expect(await overview.held(['busy', 'quiet', 'unknown'])).toEqual(new Set(['busy']));
    const ahead = (id: string) => overview.jobsAhead('busy', id);
    expect([await ahead('j-1'), await ahead('j-2'), await ahead('j-3'), await ahead('j-4')]).toEqual([
      undefined,
      1,
      2,
      undefined,
    ]);
    expect(await overview.jobsAhead('quiet', 'j-1')).toBe(0);

    mayEnd.resolve();
    await work.until(3);
    await consumer.stop(1_000);
    expect(await overview.openJobs(['busy'])).toEqual(new Map([['busy', 0]]));
    expect(await overview.held(['busy'])).toEqual(new Set());
  });

  it('does not count a job as waiting that was put back to be continued', async () => {
    await add('parked', 'parked', 'j-1');
    expect(await overview.jobsAhead('parked', 'j-1')).toBe(0);
    const { fetcher, close } = member.bull.hold('parked');
    const job = await fetcher.getNextJob('t', { block: false });
    await job?.moveToWait('t');
    expect(await member.bull.queue('parked').getWaitingCount()).toBe(1);
    expect(await overview.jobsAhead('parked', 'j-1')).toBeUndefined();
    await close();
  });

  it('counts a turn with its parts as one, everywhere', async () => {
    for (const id of ['j-1', 'j-2', 'j-3']) await add('album', 'nobody', id);
    const waiting = createWaiting(member.commands);
    expect(await waiting.join('album', 'j-1', {}, [{ id: 'j-2', data: {} }])).toBe(true);
    expect(await overview.waiting(['album'])).toEqual(new Map([['album', 2]]));
    expect((await overview.load(['album'])).waiting).toBe(2);
    expect([await overview.jobsAhead('album', 'j-2'), await overview.jobsAhead('album', 'j-3')]).toEqual([
      undefined,
      1,
    ]);
  });

  it('counts what was sent at once as one, also before it is joined', async () => {
    const origin = { place: { chatId: 7 }, messageId: 5, userId: 7, userName: 'Ann', sentAt: 1 };
    const files = [{ fileId: 'F', uniqueId: 'U', kind: 'photo' }];
    const sent = { version: 1, kind: 'message', session: 'pictures', origin, text: '', files, album: '77' };
    const queue = { name: 'session-pictures', group: 'nobody' };
    for (const [i, data] of [sent, sent, { ...sent, album: '78' }].entries())
      await member.add(queue, { id: `p-${i}`, name: 'message', data });
    expect(await overview.waiting([queue.name])).toEqual(new Map([[queue.name, 2]]));
    expect(await overview.jobsAhead(queue.name, 'p-2')).toBe(1);
    expect(await overview.jobsAhead(queue.name, 'p-1')).toBe(0);
  });

  it('of no queues at all is empty', async () => {
    expect(await overview.openJobs([])).toEqual(new Map());
    expect(await overview.held([])).toEqual(new Set());
  });

  it('names the queues, the most lately used first', async () => {
    await member.commands.del('signalbox:queues');
    for (const [i, name] of ['n-1', 'n-2', 'n-3'].entries()) {
      await add(name, 'named', 'j-1');
      await member.commands.zadd('signalbox:queues', i, name);
    }
    expect(await overview.names(2)).toEqual(['n-3', 'n-2']);
  });
});
