import { type Reply, replyQueue, SINCE } from '@signalbox/contracts';
import { type Consumer, type JobHandler, keys, type Queues } from '@signalbox/queues';
import { ANN } from '@signalbox/simulator';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BotWorld, createShortPause, createTestLog, freePace, startBotWorld } from '../../testing/bot-world.ts';
import { createExpectations } from '../asking/expectations.ts';
import { createKeptQuestions } from '../asking/keep-questions.ts';
import { createEarlierFiles } from '../files/earlier-files.ts';
import { createFloodGate } from '../telegram/flood-gate.ts';
import { createSay } from '../telegram/say.ts';
import type { TelegramApi } from '../telegram/telegram-api.ts';
import { createTopicNames } from '../telegram/topic-names.ts';
import { createOutbox } from './send-replies.ts';
import { createSentJournal } from './sent-journal.ts';

const { log, lines } = createTestLog();
let world: BotWorld;
let queues: Queues;
let outbox: JobHandler;
let consumer: Consumer;
/** Whether the next call of Telegram meets a bug. */
let isBroken: boolean;
let seen: number;
beforeAll(async () => {
  world = await startBotWorld();
  queues = await world.open(log);
});
afterAll(() => world.stop());
beforeEach(async () => {
  await queues.redis.flushall();
  isBroken = false;
  const api = new Proxy(world.api, {
    get(target, name: keyof TelegramApi) {
      if (!isBroken) return target[name];
      isBroken = false;
      return () => Promise.reject(new TypeError('a bug of ours'));
    },
  });
  const { redis, transfers, addJob } = queues;
  const { pause } = createShortPause();
  outbox = createOutbox({
    ...{ api, pause, log, transfers, pace: freePace, say: createSay(addJob) },
    ...{
      keepFiles: createEarlierFiles(redis).keep,
      journal: createSentJournal(redis),
      questions: createKeptQuestions(redis, 'a secret'),
    },
    ...{ addJob, topicNames: createTopicNames(redis) },
    ...{ expectations: createExpectations(redis), gate: createFloodGate(redis, pause) },
  });
  consumer = await queues.consume('reply', outbox);
  // The question that later replies are about.
  await send({ ...head, kind: 'menu', text: 'Which?', rows, once: true }, 'asked');
  await sent();
  seen = world.telegram.messages(ANN.id).length;
  lines.length = 0;
});
afterEach(() => consumer.stop(0));

const head = { version: 1, place: { chatId: ANN.id }, text: 'hello' } as const;
const ANNS = replyQueue(ANN.id);
const about = { queue: { name: 'session-web', group: 'session.default' }, jobId: 'j' };
const rows = [[{ label: 'Yes', act: { do: 'command', text: '/help' } as const }]];
const answers = [[{ label: 'Retry', act: { do: 'answer', value: 'retry' } as const }]];
const textAnswers = { prefix: '' };
const file = { transfer: { queue: ANNS.name, id: 'f' }, name: 'a.txt', size: 1, as: 'document' } as const;
const call = { name: 'Bash', input: {}, detail: 'ls', output: '', isError: false };

const replies: Reply[] = [
  { ...head, kind: 'text' },
  { ...head, kind: 'markdown' },
  { ...head, kind: 'question', about, rows: answers, textAnswers },
  { ...head, kind: 'menu', rows, once: true },
  { ...head, kind: 'document', name: 'a.txt', content: 'x' },
  { ...head, kind: 'settled', questionId: 'asked' },
  { ...head, kind: 'refreshed', text: '', questionId: 'asked', messageId: 1 },
  { ...head, kind: 'files', files: [file] },
  { ...head, kind: 'reaction', text: '👍', messageIds: [1] },
  { ...head, kind: 'tools', calls: [call] },
  { ...head, kind: 'report', report: { level: 'ok', title: 'Kuma', lines: [] }, rows },
];

let made = 0;
async function send(data: object, id = `r-${++made}`): Promise<void> {
  await queues.addJob(ANNS, { id, name: 'reply', data });
}

/** Waits until all is sent, and resolves to how many replies failed. */
async function sent(): Promise<number> {
  const bull = queues.bull.queue(ANNS.name);
  // Counted in one step: a job that is put back moves from one to the other.
  await expect
    .poll(() => bull.getJobCounts('waiting', 'active'), { timeout: 30_000 })
    .toEqual({ waiting: 0, active: 0 });
  return bull.getFailedCount();
}

/** What a bug must have led to: one notice of one sentence, the stack once in the log, a count; and the next reply is shown. */
async function expectToldAndNext(): Promise<void> {
  expect(await sent()).toBe(1);
  await send({ version: SINCE.text, kind: 'text', place: head.place, text: 'the next one' });
  await sent();
  const texts = world.telegram.messages(ANN.id).slice(seen);
  expect(texts.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^⚠️ Something could not be shown here[^.]*\.$/),
    'the next one',
  ]);
  const stacks = lines.filter(({ err, level }) => err !== undefined && Number(level) >= 50);
  expect(stacks).toEqual([expect.objectContaining({ err: expect.objectContaining({ stack: expect.any(String) }) })]);
  await expect.poll(() => queues.bugs.read(), { timeout: 15_000 }).toEqual({ reply: 1 });
}

describe.each(replies.map((reply) => [reply.kind, reply] as const))('a reply of the kind %s', (_kind, reply) => {
  it('that meets a TypeError is told once, and the next one is shown', async () => {
    await queues.redis.hset(keys.file(ANNS.name, 'f'), 'state', 'done', 'chunks', '0');
    isBroken = true;
    await send(reply);
    await expectToldAndNext();
  });

  it('of the wrong shape is told once, and the next one is shown', async () => {
    await send({ ...reply, version: 'one' });
    await expectToldAndNext();
  });

  it('that is torn is told once, and the next one is shown', async () => {
    await consumer.stop(0);
    await send(reply, 'torn');
    await queues.redis.hset(keys.job(ANNS.name, 'torn'), 'data', JSON.stringify(reply).slice(0, -2));
    consumer = await queues.consume('reply', outbox);
    await expectToldAndNext();
  });
});

describe('a stored value that cannot be read', () => {
  const question = () => keys.question(ANNS.name, createKeptQuestions(queues.redis, 'a secret').wordFor('asked'));

  it.each(['settled', 'refreshed'] as const)(
    'of a question fails what would change it (%s), and the next one is shown',
    async (kind) => {
      await queues.redis.hset(question(), 'asked', '{torn');
      await send(replies.find((reply) => reply.kind === kind) ?? {});
      await expectToldAndNext();
    },
  );

  it('of the journal fails the reply, and the next one is shown', async () => {
    await queues.redis.set(keys.sent(ANNS.name, 'r'), 'no hash at all');
    await send({ ...head, kind: 'text' }, 'r');
    await expectToldAndNext();
  });

  it.each(['{torn', '[7]', '7', '{"a":1}'])(
    'of what is expected (%s) keeps no question from being asked',
    async (stored) => {
      const expectations = createExpectations(queues.redis);
      await queues.redis.set(keys.expected(ANNS.name, 0, 0), stored);
      expect(await expectations.find(head.place, ANN.id)).toEqual([]);
      await send({ ...head, kind: 'question', about, rows: answers, textAnswers }, 'q');
      expect(await sent()).toBe(0);
      expect(await expectations.find(head.place, ANN.id)).toEqual([expect.objectContaining(textAnswers)]);
    },
  );
});
