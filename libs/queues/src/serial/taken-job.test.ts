import { Job } from 'bullmq';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { recorder, startTestRedis, type TestMember, type TestRedis } from '../../testing/redis.ts';
import type { TakenJob } from './taken-job.ts';

let redis: TestRedis;
let dead: TestMember;
let heir: TestMember;
beforeAll(async () => {
  redis = await startTestRedis();
  [dead, heir] = await Promise.all([redis.member('dead'), redis.member('heir')]);
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => redis.stop());

it('a take-over that Redis let fail three times counts as one', async () => {
  const queue = { name: 'g-q', group: 'g' };
  await dead.add(queue, { id: 'innocent', name: 'test', data: {} });
  const held = dead.bull.hold(queue.name);
  expect(await held.fetcher.getNextJob('dead:1', { block: false })).toMatchObject({ id: 'innocent' });
  await held.close();

  const moves = vi.spyOn(Job.prototype, 'moveToWait');
  for (let i = 0; i < 3; i += 1) moves.mockRejectedValueOnce(new Error('Command timed out'));
  const seen: TakenJob[] = [];
  const recording = recorder();
  const handle: typeof recording.handler.handle = (name, job, context) => {
    seen.push(job);
    return recording.handler.handle(name, job, context);
  };
  const consumer = await heir.consume(queue.group, { ...recording.handler, handle });
  await recording.until(1);
  expect(moves).toHaveBeenCalledTimes(4);
  expect(seen).toMatchObject([{ id: 'innocent', takeOvers: 1 }]);
  await consumer.stop(1_000);
});
