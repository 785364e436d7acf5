import { readReply, replyQueue, sessionQueue } from '@signalbox/contracts';
import { keys, type Queues } from '@signalbox/queues';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type BotWorld, createTestLog, startBotWorld } from '../testing/bot-world.ts';
import { ME, privateChat, textUpdate, user } from '../testing/updates.ts';
import { buttonDataOf } from './asking/button-data.ts';
import { createExpectations } from './asking/expectations.ts';
import { createKeptQuestions } from './asking/keep-questions.ts';
import { createKeptMessages } from './keeping/kept-messages.ts';
import { createStopButtons } from './live/stop-button.ts';
import { createSentJournal } from './outbox/sent-journal.ts';
import { composeIntake } from './start-intake.ts';
import { createSay } from './telegram/say.ts';

const { log, lines } = createTestLog();
let world: BotWorld;
let queues: Queues;
beforeAll(async () => {
  world = await startBotWorld();
  queues = await world.open();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await queues.redis.flushall();
  lines.length = 0;
});

const act = { do: 'command', text: '/sessions' } as const;
const questions = () => createKeptQuestions(queues.redis, 'a secret');
const word = () => questions().wordFor('asked');

/** Takes updates; `more` stands for some of the queues. */
function intake(more: Partial<Queues> = {}): (raw: object) => Promise<void> {
  const handle = composeIntake({
    queues: { ...queues, ...more },
    api: world.api,
    bot: { id: 1, username: 'our_bot', pool: 'default', topicPerSession: false, mode: 'all', context: 0 },
    chats: { allowed: { users: [ME], chats: [] } },
    journal: createSentJournal(queues.redis),
    asking: {
      questions: questions(),
      expectations: createExpectations(queues.redis),
      kept: createKeptMessages(queues.redis),
    },
    stops: { live: { runningIn: () => undefined }, stopButtons: createStopButtons('a secret') },
    say: createSay(queues.addJob),
    log,
    onAccepted: () => undefined,
  });
  return (raw) => handle(raw, async () => undefined);
}

const text = (words: string) => ({ ...textUpdate(ME, words), update_id: 2 });
const press = () => ({
  update_id: 2,
  callback_query: {
    id: 'q',
    from: user(ME),
    data: buttonDataOf(word(), act),
    message: { message_id: 3, chat: privateChat(ME) },
  },
});
const stop = () => ({ update_id: 2, stopped_message_generation: { chat: privateChat(ME), draft_id: 5 } });
const updates = {
  'a message': () => text('hello'),
  'a command about a session': () => text('/info'),
  'a command of the chat': () => text('/sessions'),
  'a command about the house': () => text('/status'),
  'a button': press,
  'a stop': stop,
};
type Kind = keyof typeof updates;

const said = async () =>
  (await queues.bull.queue(replyQueue(ME).name).getWaiting()).map(({ data }) => {
    const read = readReply(data);
    return read.status === 'ok' ? read.value.text : read.status;
  });

/** Takes an update that meets what is wrong, and the next one. One notice of one sentence, the stack once in the log, a count. */
async function takeBoth(kind: Kind, broken: () => Promise<ReturnType<typeof intake>>): Promise<void> {
  await intake()({ ...textUpdate(ME, '/new web'), update_id: 1 });
  const rows = [[{ label: 'Sessions', act }]];
  await questions().keep(ME, {
    questionId: 'asked',
    shown: { text: 'x', entities: [] },
    rows,
    once: true,
  });
  await queues.bull.queue(replyQueue(ME).name).drain();
  const handle = await broken();
  await handle(updates[kind]());
  expect(await said()).toEqual([expect.stringMatching(/^This (message|button) could not be handled: [^.]*\.$/)]);
  expect(lines.filter(({ err }) => err !== undefined)).toEqual([
    expect.objectContaining({ level: 50, err: expect.objectContaining({ stack: expect.any(String) }) }),
  ]);
  await expect.poll(() => queues.bugs.read(), { timeout: 15_000 }).toEqual({ update: 1 });
  await intake()({ ...textUpdate(ME, '/help'), update_id: 3 });
  expect(await said()).toHaveLength(2);
}

it.each(Object.keys(updates) as Kind[])(
  '%s that meets a TypeError is told once, and the next update is taken',
  async (kind) => {
    const bug = () => Promise.reject(new TypeError('a bug of ours'));
    await takeBoth(kind, async () => intake({ addJob: bug, routing: { ...queues.routing, decideOnce: bug } }));
  },
);

const wrongType = (key: () => string) => async () => {
  await queues.redis.del(key());
  await queues.redis.lpush(key(), 'of another type');
};
const stored: [Kind, string, () => Promise<unknown>][] = [
  ['a message', 'decision', () => queues.redis.set(keys.decision(1, 2), '{torn')],
  ['a message', 'list of sessions', wrongType(keys.sessions)],
  ['a command about a session', 'list of sessions', wrongType(keys.sessions)],
  ['a button', 'question', () => queues.redis.hset(keys.question(replyQueue(ME).name, word()), 'asked', '{torn')],
  ['a button', 'press', () => queues.redis.hset(keys.question(replyQueue(ME).name, word()), 'pressed', '{torn')],
];
it.each(stored)(
  '%s that meets a %s which cannot be read is told once, and the next update is taken',
  async (kind, _what, spoil) => {
    await takeBoth(kind, async () => {
      await spoil();
      return intake();
    });
  },
);

it('an entry that cannot be read among those that wait keeps none of the others from being listed', async () => {
  const session = sessionQueue('web', 'default');
  await intake()({ ...textUpdate(ME, '/new web'), update_id: 1 });
  await intake()(text('hello'));
  await queues.redis.hset(keys.job(session.name, 'u-1-1'), 'data', '{torn');
  await intake()({ ...textUpdate(ME, '/queue'), update_id: 3 });
  expect((await said()).join()).toContain('hello');
});
