import { type Reply, replyQueue } from '@signalbox/contracts';
import type { Consumer, Queues } from '@signalbox/queues';
import { ANN } from '@signalbox/simulator';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type BotWorld, createShortPause, createTestLog, freePace, startBotWorld } from '../testing/bot-world.ts';
import { createExpectations } from './asking/expectations.ts';
import { createKeptQuestions } from './asking/keep-questions.ts';
import { createEarlierFiles } from './files/earlier-files.ts';
import { createKeptMessages } from './keeping/kept-messages.ts';
import { createStopButtons } from './live/stop-button.ts';
import { createOutbox } from './outbox/send-replies.ts';
import { createSentJournal } from './outbox/sent-journal.ts';
import { type Groups, startGroups } from './start-groups.ts';
import { composeIntake } from './start-intake.ts';
import { createFloodGate } from './telegram/flood-gate.ts';
import { createSay } from './telegram/say.ts';
import { createTopicNames } from './telegram/topic-names.ts';

let world: BotWorld;
let queues: Queues;
let groups: Groups;
let outbox: Consumer;
beforeAll(async () => {
  world = await startBotWorld();
  queues = await world.open();
});
afterAll(() => world.stop());

const { log } = createTestLog();
const { pause } = createShortPause();
let made = 0;
let [old, since] = [0, 0];

/** One bot, and a group of its own for each test. */
beforeEach(async () => {
  made += 1;
  [old, since] = [-500 - made, -1_000_000_000_500 - made];
  world.telegram.addGroup({ id: old, title: 'Home', forum: false, basic: true, members: [ANN.id] });
  await queues.redis.flushall();
  const { redis, addJob, transfers, overview } = queues;
  const journal = createSentJournal(redis);
  const say = createSay(addJob);
  groups = startGroups({ queues, journal, configured: { users: [ANN.id], chats: [old] }, say, log });
  const isEmpty = async (queue: string) => (await overview.openJobs([queue])).get(queue) === 0;
  const handler = createOutbox({
    ...{ api: world.api, journal, say, addJob, transfers, pause, log, pace: freePace },
    ...{ questions: createKeptQuestions(redis, 'a secret'), expectations: createExpectations(redis) },
    ...{ topicNames: createTopicNames(redis), gate: createFloodGate(redis, pause) },
    keepFiles: createEarlierFiles(redis).keep,
    groups: { ...groups, isEmpty },
  });
  outbox = await queues.consume('reply', handler);
});
afterEach(async () => {
  groups.stop();
  await outbox.stop(1_000);
});

/** Takes all updates that the bot has not seen. */
async function takeUpdates(): Promise<void> {
  const { redis } = queues;
  const handle = composeIntake({
    ...{ queues, api: world.api, chats: groups, log },
    bot: { id: 1, username: 'our_bot', pool: 'default', topicPerSession: false, mode: 'all', context: 0 },
    journal: createSentJournal(redis),
    asking: {
      questions: createKeptQuestions(redis, 'a secret'),
      expectations: createExpectations(redis),
      kept: createKeptMessages(redis),
    },
    stops: { live: { runningIn: () => undefined }, stopButtons: createStopButtons('a secret') },
    say: createSay(queues.addJob),
    onAccepted: () => undefined,
  });
  for (const update of world.telegram.pendingUpdates.slice(taken)) await handle(update, async () => undefined);
  taken = world.telegram.pendingUpdates.length;
}
let taken = 0;

const reply = (id: string, data: object) =>
  queues.addJob(replyQueue(old), { id, name: 'x', data: { version: 1, place: { chatId: old }, ...data } });
const texts = (chat: number) =>
  world.telegram
    .messages(chat)
    .filter(({ from }) => from.isBot)
    .map(({ text }) => text);
const shows = (chat: number, text: string) =>
  world.telegram.waitFor(() => world.telegram.messages(chat).find((each) => each.text === text), { describe: text });
/** What the owner was told of the new id. */
const toldOwner = () => texts(ANN.id).filter((text) => text.includes(String(since)));
const moved = 'This group is a supergroup now. Everything goes on here.';
const about = { queue: { name: 'session-web', group: 'session.default' }, requestId: 'n-1-0' };
const question: Partial<Reply> = {
  kind: 'question',
  text: 'Which?',
  about,
  rows: [[{ label: 'Red', act: { do: 'answer', value: 'red' } }]],
  textAnswers: { prefix: '' },
};

it('what is in a group is in the supergroup that it becomes: session, question, what is waited for, what comes', async () => {
  await queues.routing.claim({ name: 'web', pool: 'default', persona: 'default', claimedBy: 'u', createdAt: 1 });
  await queues.routing.activate({ chatId: old }, 'web');
  await queues.questions.open('session-web', about.requestId, { chatId: old });
  await reply('n-1-0', question);
  await shows(old, 'Which?');
  world.telegram.upgrade({ from: ANN.id, chat: old, to: since });
  await takeUpdates();
  const asked = await shows(since, 'Which?');
  await shows(since, moved);
  expect(await queues.routing.activeSession({ chatId: since })).toBe('web');
  // A turn that began before still speaks to the group.
  await reply('r-1', { kind: 'text', text: 'an answer', replyTo: 1 });
  expect(await shows(since, 'an answer')).toMatchObject({ replyTo: undefined });
  world.telegram.press({ from: ANN.id, chat: since, messageId: asked.id, data: asked.buttons[0]?.[0]?.data ?? '' });
  world.telegram.say({ from: ANN.id, chat: since, text: 'for Claude' });
  await takeUpdates();
  expect(await queues.questions.open('session-web', about.requestId)).toMatchObject({ value: 'red' });
  await world.telegram.waitFor(() => texts(since).includes('Which?\n\n→ Red (Ann)'), { describe: 'the outcome' });
  const [job] = await queues.bull.queue('session-web').getWaiting();
  expect(job?.data).toMatchObject({ text: 'for Claude', origin: { place: { chatId: since } } });
  const told = await world.telegram.waitFor(() => toldOwner()[0], { describe: 'the new id' });
  expect(told).toMatch(/TELEGRAM_ALLOWED_CHATS in place of -50\d/);
});

it('a send that is refused tells of it first: nothing is lost or doubled, and Telegram’s word later changes nothing', async () => {
  world.telegram.upgrade({ from: ANN.id, chat: old, to: since });
  for (const text of ['one', 'two', 'three']) await reply(`r-${made}-${text}`, { kind: 'text', text });
  await shows(since, 'three');
  await takeUpdates();
  await groups.follow(old, since);
  await reply(`r-${made}-four`, { kind: 'text', text: 'four' });
  await shows(since, 'four');
  await shows(since, moved);
  await world.telegram.waitFor(() => toldOwner().length > 0, { describe: 'the new id' });
  expect(texts(since).filter((text) => text !== moved)).toEqual(['one', 'two', 'three', 'four']);
  expect(texts(since).filter((text) => text === moved)).toHaveLength(1);
  expect(toldOwner()).toHaveLength(1);
});

it('a group that is not allowed is not followed, and a Redis that was emptied is told again', async () => {
  const other = old - 10_000;
  world.telegram.addGroup({ id: other, title: 'Other', forum: false, basic: true, members: [ANN.id] });
  world.telegram.upgrade({ from: ANN.id, chat: other, to: since - 10_000 });
  world.telegram.upgrade({ from: ANN.id, chat: old, to: since });
  await takeUpdates();
  expect(groups.allowed.chats).toEqual([old, since]);
  await queues.redis.flushall();
  await groups.moved.refresh();
  expect(await queues.routing.movedChats()).toEqual(new Map([[old, since]]));
});
