import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deferred, startTestRedis, type TestMember, type TestRedis } from '../../testing/redis.ts';
import { createSignals, type Signals } from './signals.ts';

const queue = { name: 'session-web', group: 'session.default' };
let redis: TestRedis;
let member: TestMember;
let signals: Signals;
beforeAll(async () => {
  redis = await startTestRedis();
  member = await redis.member('a');
  signals = createSignals(member.commands, member.subscriptions);
});
afterAll(() => redis.stop());
beforeEach(() => member.commands.flushall());

const stop = { id: 'u-1-9', jobId: 'u-1-1', by: 'Ann' };

describe('a word to stop', () => {
  it('reaches those who listen to its group, and is there for those who look later', async () => {
    const other = await redis.member('b');
    const heard = deferred<string>();
    await createSignals(other.commands, other.subscriptions).listen(queue.group, heard.resolve, () => undefined);
    await signals.stop(queue, stop);
    expect(await heard.promise).toBe('session-web');
    expect(await signals.stopOf('session-web', 'u-1-1')).toEqual(stop);
    expect(await signals.stopOf('session-web', 'u-1-2')).toBeUndefined();
  });
});

it('what was sent to jobs that are done is forgotten, and nothing that was sent to one that waits', async () => {
  for (const id of ['u-1-10', 'u-1-11']) await member.add(queue, { id, name: 'message', data: {} });
  for (const jobId of ['u-1-1', 'u-1-10', 'u-1-11']) await signals.stop(queue, { ...stop, jobId });
  await signals.tidy(queue, 'u-1-10');
  const fields = await member.commands.hkeys('signalbox:{session-web}:signals');
  expect(fields.sort()).toEqual(['stop:u-1-10', 'stop:u-1-11']);
});
