import { chatQueue, type Origin, replyQueue, sessionQueue, type WorkerCard } from '@signalbox/contracts';
import type { Queues } from '@signalbox/queues';
import { ANN } from '@signalbox/simulator';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BotWorld, createTestLog, startBotWorld } from '../../testing/bot-world.ts';
import type { Decision } from '../deciding/decision.ts';
import { createSay } from '../telegram/say.ts';
import { type Acknowledger, createAcknowledger } from './acknowledge.ts';

let world: BotWorld;
let queues: Queues;
let acknowledger: Acknowledger;
/** The messages whose place in line is told from now on. */
let followed: string[];
let origin: Origin;
beforeAll(async () => {
  world = await startBotWorld();
  queues = await world.open();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await queues.redis.flushall();
  followed = [];
  const { message } = world.telegram.say({ from: ANN.id, text: 'x' });
  origin = { place: { chatId: ANN.id }, messageId: message.id, userId: ANN.id, userName: 'Ann', sentAt: 1 };
  acknowledger = createAcknowledger({
    reacts: true,
    react: world.api.react,
    jobsAhead: (queue, jobId) => queues.overview.jobsAhead(queue, jobId),
    workers: queues.workforce.workers,
    say: createSay(queues.addJob),
    follow: ({ jobId, queue, place, messageId }) =>
      void followed.push(`${jobId} in ${queue.name}: ${place.chatId}/${messageId}`),
    log: createTestLog().log,
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  acknowledger.stop();
  vi.useRealTimers();
});

const web = sessionQueue('web', 'nas');
const deciding = {
  message: (): Decision => ({
    enqueue: { queue: web, job: { version: 1, kind: 'message', session: 'web', origin, text: 'x' } },
  }),
  warm: (): Decision => ({ enqueue: { queue: web, job: { version: 1, kind: 'warm', session: 'web', origin } } }),
  list: (): Decision => ({
    enqueue: { queue: chatQueue(ANN.id, 'nas'), job: { version: 1, kind: 'sessions', origin } },
  }),
  words: (): Decision => ({ say: 'Usage: …' }),
};

/** Accepts a job behind `ahead` others, as the intake does, and lets the moment pass after which it is said that it waits. */
async function accept(what: keyof typeof deciding, { ahead = 0, isTaken = false } = {}) {
  const decision = deciding[what]();
  const { enqueue } = decision;
  if (enqueue) {
    for (let i = 0; i < ahead; i += 1) await queues.addJob(enqueue.queue, { id: `a-${i}`, name: 'x', data: {} });
    if (!isTaken) await queues.addJob(enqueue.queue, { id: 'u-1-1', name: 'x', data: {} });
  }
  acknowledger.acknowledge({ jobId: 'u-1-1', origin, decision, isAgain: false });
  vi.advanceTimersByTime(1_500);
  vi.useRealTimers();
}

const card = (pool: string): WorkerCard => ({
  id: pool,
  pool,
  host: 'h',
  pid: 1,
  startedAt: 0,
  seenAt: Date.now(),
  claude: '2',
  permissionMode: 'default',
  modelIsSimulated: false,
});
const said = () => queues.bull.queue(replyQueue(ANN.id).name).getWaiting();
/** What was said, as soon as something was. */
async function firstSaid() {
  await expect.poll(async () => (await said()).length, { interval: 5 }).toBe(1);
  return (await said())[0]?.data;
}
/** Resolves when all that was asked of Redis so far has been answered, and so nothing more will be said. */
async function settled() {
  for (let i = 0; i < 50; i += 1) await Promise.all([queues.redis.ping(), new Promise((done) => setImmediate(done))]);
}

describe('a message', () => {
  it('is marked with 👀 at once', async () => {
    await accept('message');
    await world.telegram.waitFor(() =>
      world.telegram
        .messages(ANN.id)
        .find(({ id, reactions }) => id === origin.messageId && reactions[0]?.emoji === '👀'),
    );
    await settled();
  });

  it('that still waits after a moment is told its place in line from then on', async () => {
    await queues.workforce.report(card('nas'), []);
    await accept('message', { ahead: 3 });
    await expect.poll(() => followed).toEqual([`u-1-1 in session-web: ${ANN.id}/${origin.messageId}`]);
    expect(await said()).toEqual([]);
  });

  it('in a pool without workers is told so: those of other pools do not count', async () => {
    await queues.workforce.report(card('other'), []);
    await accept('message');
    expect(await firstSaid()).toMatchObject({ text: 'No worker is running in pool nas; your message waits.' });
  });

  it('that was taken meanwhile needs no word', async () => {
    await accept('message', { ahead: 2, isTaken: true });
    await settled();
    expect([await said(), followed]).toEqual([[], []]);
  });

  it('gets 👀 again only while it waits: what is done shows that', async () => {
    const reactions = () => world.telegram.messages(ANN.id).find(({ id }) => id === origin.messageId)?.reactions ?? [];
    vi.useRealTimers();
    const again = () =>
      acknowledger.acknowledge({ jobId: 'u-1-1', origin, decision: deciding.message(), isAgain: true });
    await queues.addJob(web, { id: 'u-1-1', name: 'x', data: {} });
    again();
    await expect.poll(reactions).toMatchObject([{ emoji: '👀' }]);
    await world.api.react(ANN.id, origin.messageId, '👌');
    await queues.bull.queue(web.name).obliterate({ force: true });
    const asked = vi.spyOn(queues.overview, 'jobsAhead');
    again();
    await expect.poll(() => asked.mock.settledResults[0]?.type).toBe('fulfilled');
    await settled();
    asked.mockRestore();
    expect(reactions()).toMatchObject([{ emoji: '👌' }]);
  });

  it('gets no word from a bot that has stopped', async () => {
    await queues.addJob(web, { id: 'u-1-1', name: 'x', data: {} });
    acknowledger.acknowledge({ jobId: 'u-1-1', origin, decision: deciding.message(), isAgain: false });
    acknowledger.stop();
    vi.advanceTimersByTime(1_500);
    vi.useRealTimers();
    await settled();
    expect(await said()).toEqual([]);
  });
});

describe('messages that were kept and are given to a session', () => {
  /** Gives two of Ann's messages to the session, as the bot does for a button. */
  async function give() {
    const ids = ['u-1-2', 'u-1-3'];
    const given = ids.map((id) => {
      const { id: messageId } = world.telegram.say({ from: ANN.id, text: id }).message;
      const of = { ...origin, messageId };
      return { id, queue: web, job: { version: 1, kind: 'message' as const, session: 'web', origin: of, text: id } };
    });
    for (const { id } of given) await queues.addJob(web, { id, name: 'message', data: {} });
    const decision: Decision = { say: 'Given.', afterwards: given };
    acknowledger.acknowledge({ jobId: 'u-1-9', origin, decision, isAgain: false });
    vi.advanceTimersByTime(1_500);
    vi.useRealTimers();
    return given.map(({ id, job }) => ({ id, messageId: job.origin.messageId }));
  }

  it('are each marked with 👀, and told their place in line', async () => {
    await queues.workforce.report(card('nas'), []);
    const given = await give();
    const seen = () =>
      world.telegram.messages(ANN.id).flatMap(({ id, reactions }) => (reactions[0]?.emoji === '👀' ? [id] : []));
    await expect.poll(seen).toEqual(expect.arrayContaining(given.map(({ messageId }) => messageId)));
    await expect.poll(() => followed).toHaveLength(2);
    expect(followed.sort()).toEqual(given.map(({ id, messageId }) => `${id} in session-web: ${ANN.id}/${messageId}`));
    expect(await said()).toEqual([]);
  });

  it('are told once that nobody serves them', async () => {
    await give();
    expect(await firstSaid()).toMatchObject({ text: 'No worker is running in pool nas; your message waits.' });
    await settled();
    expect(await said()).toHaveLength(1);
  });
});

describe('a command', () => {
  it.each(['list', 'warm'] as const)('(%s) has no place in the line that is worth knowing', async (what) => {
    await queues.workforce.report(card('nas'), []);
    await accept(what, { ahead: 2 });
    await settled();
    expect([await said(), followed]).toEqual([[], []]);
  });

  it.each(['list', 'warm'] as const)('(%s) is told that nobody serves it', async (what) => {
    await accept(what);
    expect(await firstSaid()).toMatchObject({ text: 'No worker is running in pool nas; your message waits.' });
  });

  it('that was answered at once gets neither 👀 nor a word', async () => {
    const calls = world.telegram.calls.length;
    await accept('words');
    await settled();
    expect(await said()).toEqual([]);
    expect(world.telegram.calls).toHaveLength(calls);
  });
});
