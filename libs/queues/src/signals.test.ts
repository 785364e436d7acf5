import { afterAll, beforeAll, expect, it } from 'vitest';
import { deferred, startTestRedis, type TestRedis } from '../testing/redis.ts';
import { createSignals } from './signals.ts';

const queue = { name: 'session-web', group: 'session.default' };
let redis: TestRedis;
beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.stop());

async function open() {
  const { commands, subscriber } = await redis.member('a');
  return createSignals(commands, subscriber);
}

it('a signal reaches those who listen to its group, and is there for those who look later', async () => {
  const [sender, receiver] = await Promise.all([open(), open()]);
  const heard = deferred<string>();
  await receiver.listen(queue.group, heard.resolve);
  await sender.send(queue, { kind: 'stop', jobId: 'u-1-1', by: 'Ann' });
  expect(await heard.promise).toBe('session-web');
  expect(await receiver.read('session-web', ['stop:u-1-1', 'stop:u-1-2'])).toEqual([
    { kind: 'stop', jobId: 'u-1-1', by: 'Ann' },
    undefined,
  ]);
  await receiver.forget('session-web', ['stop:u-1-1']);
  expect(await sender.read('session-web', ['stop:u-1-1'])).toEqual([undefined]);
});

it('of two answers to the same question the first holds, for both who gave one', async () => {
  const signals = await open();
  const answer = { kind: 'answer', questionId: 'q-1', answer: 'allow', by: 'Ann' } as const;
  expect(await signals.send(queue, answer)).toEqual(answer);
  expect(await signals.send(queue, { ...answer, answer: 'deny', by: 'Bob' })).toEqual(answer);
});
