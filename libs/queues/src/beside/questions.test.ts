import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deferred, startTestRedis, type TestMember, type TestRedis } from '../../testing/redis.ts';
import { createQuestions, type Questions } from './questions.ts';
import { createSignals } from './signals.ts';

const queue = { name: 'session-web', group: 'session.default' };
let redis: TestRedis;
let member: TestMember;
let questions: Questions;
beforeAll(async () => {
  redis = await startTestRedis();
  member = await redis.member('a');
  questions = createQuestions(member.commands, member.bull, member.add);
});
afterAll(() => redis.stop());
beforeEach(() => member.commands.flushall());

const requestId = 'n-u-1-1-ask-0';
const question = { questionId: requestId, about: { queue, requestId } };
const allow = { id: 'u-1-9', value: 'allow', by: 'Ann' };
const fields = async () => (await member.commands.hkeys('signalbox:{session-web}:questions')).sort();

describe('an answer to a request', () => {
  it('is taken while the request is open: the first holds, for both who gave one', async () => {
    expect(await questions.open('session-web', requestId)).toBeUndefined();
    expect(await questions.answer(question, allow)).toEqual(allow);
    expect(await questions.answer(question, { id: 'u-1-10', value: 'deny', by: 'Bob' })).toEqual(allow);
    expect(await questions.close('session-web', requestId)).toEqual(allow);
  });

  it('is told to those who listen to its group', async () => {
    const other = await redis.member('b');
    const heard = deferred<string>();
    await createSignals(other.commands, other.subscriptions).listen(queue.group, heard.resolve, () => undefined);
    await questions.open('session-web', requestId);
    await questions.answer(question, allow);
    expect(await heard.promise).toBe('session-web');
  });

  it('is there when the request is opened again by another', async () => {
    await questions.open('session-web', requestId);
    await questions.answer(question, allow);
    expect(await questions.open('session-web', requestId)).toEqual(allow);
  });

  it('is refused when nobody waits for one: it was never asked, or is closed', async () => {
    expect(await questions.answer(question, allow)).toBeUndefined();
    await questions.open('session-web', requestId);
    expect(await questions.close('session-web', requestId)).toBeUndefined();
    expect(await questions.answer(question, allow)).toBeUndefined();
  });
});

describe('a request', () => {
  it('has the same id until it is closed, and then another', async () => {
    const id = () => questions.requestId('session-web', 'n-u-1-1-ask');
    await questions.open('session-web', await id());
    expect(await id()).toBe('n-u-1-1-ask-0');
    await questions.close('session-web', await id());
    expect(await id()).toBe('n-u-1-1-ask-1');
  });

  it('is listed with its place while it is open', async () => {
    await questions.open('session-web', requestId, { chatId: 7 });
    await questions.open('session-web', 'n-u-1-2-ask-0');
    await questions.answer(question, allow);
    const opened = { requestId, place: { chatId: 7 } };
    const other = { requestId: 'n-u-1-2-ask-0', place: undefined };
    const open = await questions.listOpen('session-web');
    expect(open).toHaveLength(2);
    expect(open).toEqual(expect.arrayContaining([opened, other]));
    await questions.close('session-web', 'n-u-1-2-ask-0');
    expect(await questions.listOpen('session-web')).toEqual([opened]);
  });
});

it('what was asked in turns that are over is forgotten, and answers about jobs when those are no longer kept', async () => {
  await member.add(queue, { id: 'u-1-10', name: 'message', data: {} });
  const aboutJob = { questionId: 'n-u-1-10-limit', about: { queue, jobId: 'u-1-10' } };
  await questions.answer(aboutJob, { ...allow, value: 'continue' });
  await questions.open('session-web', requestId);
  await questions.answer(question, allow);
  await questions.close('session-web', 'n-u-1-1-ask-x-0');
  await questions.tidy('session-web');
  expect(await fields()).toEqual(['answer:n-u-1-10-limit']);
  await member.bull.queue('session-web').remove('u-1-10');
  await questions.tidy('session-web');
  expect(await fields()).toEqual([]);
});

it('what Claude asks in a turn of its own stays while it is open', async () => {
  for (const id of ['n-late-5-ask-0', requestId]) await questions.open('session-web', id);
  await questions.tidy('session-web');
  expect(await fields()).toEqual(['open:n-late-5-ask-0']);
});
