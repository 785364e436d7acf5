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
const allow = { id: 'u-1-9', questionId: 'n-u-1-1-ask-0', answer: 'allow', by: 'Ann' };
const fields = () => member.commands.hkeys('signalbox:{session-web}:signals');

describe('a word to stop', () => {
  it('reaches those who listen to its group, and is there for those who look later', async () => {
    const other = await redis.member('b');
    const heard = deferred<string>();
    await createSignals(other.commands, other.subscriptions).listen(queue.group, heard.resolve, () => undefined);
    await signals.stop(queue, stop);
    expect(await heard.promise).toBe('session-web');
    expect(await signals.stopOf('session-web', 'u-1-1')).toEqual({ kind: 'stop', ...stop });
    expect(await signals.stopOf('session-web', 'u-1-2')).toBeUndefined();
  });
});

describe('an answer', () => {
  it('is taken while the question is open: the first holds, for both who gave one', async () => {
    expect(await signals.open('session-web', allow.questionId)).toBeUndefined();
    expect(await signals.answer(queue, allow)).toEqual({ kind: 'answer', ...allow });
    expect(await signals.answer(queue, { ...allow, answer: 'deny', by: 'Bob' })).toEqual({ kind: 'answer', ...allow });
    expect(await signals.close('session-web', allow.questionId)).toEqual({ kind: 'answer', ...allow });
  });

  it('is there when the question is asked again by another', async () => {
    await signals.open('session-web', allow.questionId);
    await signals.answer(queue, allow);
    expect(await signals.open('session-web', allow.questionId)).toEqual({ kind: 'answer', ...allow });
  });

  it('is refused when nobody waits for one: it was never asked, or is closed', async () => {
    expect(await signals.answer(queue, allow)).toBeUndefined();
    await signals.open('session-web', allow.questionId);
    expect(await signals.close('session-web', allow.questionId)).toBeUndefined();
    expect(await signals.answer(queue, allow)).toBeUndefined();
  });
});

describe('a question', () => {
  it('has the same id until it is closed, and then another', async () => {
    const id = () => signals.questionId('session-web', 'n-u-1-1-ask');
    await signals.open('session-web', await id());
    expect(await id()).toBe('n-u-1-1-ask-0');
    await signals.close('session-web', await id());
    expect(await id()).toBe('n-u-1-1-ask-1');
  });

  it('is listed with its place while it is open', async () => {
    await signals.open('session-web', 'n-u-1-1-ask-0', { chatId: 7 });
    await signals.open('session-web', 'n-u-1-2-ask-0');
    await signals.answer(queue, allow);
    const opened = { questionId: 'n-u-1-1-ask-0', place: { chatId: 7 } };
    const other = { questionId: 'n-u-1-2-ask-0', place: undefined };
    const open = await signals.listOpen('session-web');
    expect(open).toHaveLength(2);
    expect(open).toEqual(expect.arrayContaining([opened, other]));
    await signals.close('session-web', 'n-u-1-2-ask-0');
    expect(await signals.listOpen('session-web')).toEqual([opened]);
  });
});

it('what was sent to jobs that are done is forgotten, and nothing that was sent to one that waits', async () => {
  for (const id of ['u-1-10', 'u-1-11']) await member.add(queue, { id, name: 'message', data: {} });
  for (const jobId of ['u-1-1', 'u-1-10', 'u-1-11']) await signals.stop(queue, { ...stop, jobId });
  await signals.open('session-web', allow.questionId);
  await signals.answer(queue, allow);
  await signals.close('session-web', 'n-u-1-1-ask-x-0');
  await signals.tidy(queue, 'u-1-10');
  expect((await fields()).sort()).toEqual(['stop:u-1-10', 'stop:u-1-11']);
});
