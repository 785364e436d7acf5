import { type Reply, readReply, replyQueue } from '@signalbox/contracts';
import type { Queues } from '@signalbox/queues';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BotWorld, createTestLog, startBotWorld } from '../../testing/bot-world.ts';
import {
  ANONYMOUS_ADMIN,
  CHANNEL_BOT,
  GROUP,
  group,
  ME,
  message,
  otherKinds,
  privateChat,
  textUpdate,
  user,
} from '../../testing/updates.ts';
import { createExpectations } from '../asking/expectations.ts';
import { createKeptQuestions } from '../asking/keep-questions.ts';
import { createKeptMessages } from '../keeping/kept-messages.ts';
import { createStopButtons } from '../live/stop-button.ts';
import { createSentJournal } from '../outbox/sent-journal.ts';
import { composeIntake } from '../start-intake.ts';
import { createSay } from '../telegram/say.ts';
import { isAllowed } from './authorize.ts';
import { createHandleUpdate, type HandleDependencies } from './handle-update.ts';

const STRANGER = 6_666;

let world: BotWorld;
let queues: Queues;
beforeAll(async () => {
  world = await startBotWorld();
  queues = await world.open();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await queues.redis.flushall();
  accepted.length = 0;
  buttons.length = 0;
  stops.length = 0;
});

const accepted: string[] = [];
const buttons: string[] = [];
const stops: object[] = [];

const allowed = { users: [ME], chats: [GROUP] };

/** One process that takes updates; `more` stands for some of its queues. */
function handler(
  more: Partial<Queues> = {},
  log = createTestLog().log,
  mode: 'all' | 'mention' = 'mention',
): (raw: unknown) => Promise<void> {
  const handle = composeIntake({
    queues: { ...queues, ...more },
    api: world.api,
    bot: { id: 1, username: 'our_bot', pool: 'default', topicPerSession: false, mode, context: 2 },
    chats: { allowed },
    journal: createSentJournal(queues.redis),
    asking: {
      questions: createKeptQuestions(queues.redis, 'a secret'),
      expectations: createExpectations(queues.redis),
      kept: createKeptMessages(queues.redis),
    },
    stops: { live: { runningIn: () => undefined }, stopButtons: createStopButtons('a secret') },
    say: createSay(queues.addJob),
    log,
    onAccepted: ({ jobId }) => accepted.push(jobId),
  });
  return (raw) => handle(raw, async () => undefined);
}

/** One that hands buttons and stops on to these. */
function handOn({
  press = async ({ queryId }) => void buttons.push(queryId),
  stopDraft = async (stop, id) => void stops.push({ ...stop, id }),
}: Partial<Pick<HandleDependencies, 'press' | 'stopDraft'>> = {}): (raw: unknown) => Promise<void> {
  const accept = () => Promise.reject(new Error('nothing was written'));
  const say = createSay(queues.addJob);
  const handle = createHandleUpdate({
    ...{ botId: 1, chats: { allowed }, accept, press, stopDraft, say, log: createTestLog().log },
    listen: async (raw) => ({ raw, how: {} }),
    countBug: async () => undefined,
    noteTopic: async () => undefined,
  });
  return (raw) => handle(raw, async () => undefined);
}

const update = (id: number, text: string) => ({ ...textUpdate(ME, text), update_id: id });

/** The jobs that wait in a queue, in order. */
async function jobs(queue: string): Promise<{ id: string | undefined; data: Record<string, unknown> }[]> {
  const waiting = await queues.bull.queue(queue).getWaiting();
  return waiting.map(({ id, data }) => ({ id, data }));
}

/** What is to be said in my chat, in order. */
async function said(): Promise<string[]> {
  return (await jobs(replyQueue(ME).name)).map(({ data }) => {
    const read = readReply(data);
    if (read.status !== 'ok') throw new Error('a reply that cannot be read');
    return (read.value as Reply).text;
  });
}

describe('an update of somebody who is not allowed', () => {
  it('leaves nothing in Redis, whatever its kind, but a line in the log', async () => {
    const { log, lines } = createTestLog();
    const handle = handler({}, log);
    const callback_query = {
      id: 'q',
      from: user(STRANGER),
      data: 'd',
      message: { message_id: 3, chat: privateChat(ME) },
    };
    const contents = { ...otherKinds(STRANGER, group()), message: textUpdate(STRANGER, '/new x').message };
    const updates = Object.entries({ ...contents, callback_query }).map(([kind, content], i) => ({
      update_id: i,
      [kind]: content,
    }));
    for (const raw of [...updates, { update_id: 99 }, { update_id: 100, message: 'garbage' }]) await handle(raw);
    expect(await queues.redis.keys('*')).toEqual([]);
    expect([accepted, buttons]).toEqual([[], []]);
    expect(lines).toHaveLength(updates.length + 2);
    expect(lines[0]).toMatchObject({ level: 40, msg: expect.stringMatching(/^Refused: not on the allowlist/) });
  });

  it('does not have its words in the log', async () => {
    const { log, lines } = createTestLog();
    await handler({}, log)(textUpdate(STRANGER, 'my-private-words'));
    expect(JSON.stringify(lines)).not.toContain('my-private-words');
  });
});

describe('an update', () => {
  it('is durable when it is taken: job, active session and claim', async () => {
    const handle = handler();
    await handle(update(1, '/new Web'));
    await handle(update(2, 'hello'));
    expect((await jobs('session-web')).map(({ id, data }) => [id, data.kind])).toEqual([
      ['u-1-1', 'new'],
      ['u-1-2', 'message'],
    ]);
    expect(await queues.routing.activeSession({ chatId: ME })).toBe('web');
    expect(accepted).toEqual(['u-1-1', 'u-1-2']);
  });

  it('delivered again, in part or whole, leads to nothing new', async () => {
    const texts = ['/new web', 'one', '/session web', '/new web', 'two', '/help', '/sessions'];
    const all = texts.map((text, i) => update(i + 1, text));
    for (const each of all) await handler()(each);
    const queuesUsed = ['session-web', `chat-${ME}`, `reply-${ME}`];
    const before = await Promise.all(queuesUsed.map(jobs));
    for (const each of [...all.slice(3), ...all]) await handler()(each);
    expect(await Promise.all(queuesUsed.map(jobs))).toEqual(before);
    expect((await said()).filter((text) => /already exists/.test(text))).toHaveLength(1);
  });

  it('delivered again goes where it went first, although the place meanwhile talks to another session', async () => {
    const handle = handler();
    for (const [i, text] of ['/new a', '/new b', '/session a'].entries()) await handle(update(i + 1, text));
    // The process dies after the decision and before the job.
    const dying = handler({ addJob: () => Promise.reject(new Error('Connection is closed.')) });
    await expect(dying(update(4, 'for a'))).rejects.toThrow('Connection is closed.');
    await handle(update(5, '/session b'));
    await handle(update(4, 'for a'));
    expect((await jobs('session-a')).map(({ data }) => data.text).filter(Boolean)).toEqual(['for a']);
    expect((await jobs('session-b')).map(({ data }) => data.text).filter(Boolean)).toEqual([]);
  });

  it('for another bot of the group asks for nothing', async () => {
    const sent = message(ME, { chat: group(), text: '/new@other_bot x' });
    await handler({}, createTestLog().log, 'all')({ update_id: 1, message: sent });
    expect(accepted).toEqual([]);
    expect(await queues.redis.keys('*:{session-*')).toEqual([]);
  });

  it('of a button is handed on', async () => {
    const callback_query = { id: 'q7', from: user(ME), data: 'd', message: { message_id: 3, chat: privateChat(ME) } };
    await handOn()({ update_id: 1, callback_query });
    expect(buttons).toEqual(['q7']);
  });

  it('of Telegram’s own Stop button is handed on, in a topic too, and nothing else is taken for one', async () => {
    const chat = privateChat(ME);
    await handOn()({ update_id: 1, stopped_message_generation: { chat, draft_id: 5 } });
    await handOn()({ update_id: 2, stopped_message_generation: { chat, message_thread_id: 3, draft_id: 6 } });
    await handOn()({ update_id: 3, stopped_message_generation: { chat: group(), draft_id: 7 } });
    await handOn()({ update_id: 4, stopped_message_generation: { chat: privateChat(STRANGER), draft_id: 8 } });
    const mine = { kind: 'stop', userId: ME, userName: `P${ME}` };
    expect(stops).toEqual([
      { ...mine, place: { chatId: ME }, draftId: 5, id: 'u-1-1' },
      { ...mine, place: { chatId: ME, threadId: 3 }, draftId: 6, id: 'u-1-2' },
    ]);
  });

  it('that Redis did not take rejects, so that it is tried again', async () => {
    const away = { ...queues.routing, activeSession: () => Promise.reject(new Error('Connection is closed.')) };
    await expect(handler({ routing: away })(update(1, 'hello'))).rejects.toThrow('Connection is closed.');
    expect(accepted).toEqual([]);
  });
});

describe('a text where an answer is waited for', () => {
  const session = { name: 'session-web', group: 'session.default' };
  const ask = async (questionId: string, userId: number | undefined, queue = session) => {
    await queues.questions.open(queue.name, questionId);
    await createExpectations(queues.redis).set({ chatId: ME }, userId, {
      about: { queue, requestId: questionId },
      questionId,
      prefix: '',
    });
  };
  const answerByButton = (requestId: string) => {
    const question = { questionId: requestId, about: { queue: session, requestId } };
    return queues.questions.answer(question, { id: 'u-1-8', value: 'allow', by: 'Ann' });
  };
  const answers = async (...ids: string[]) =>
    (await Promise.all(ids.map((id) => queues.questions.close(session.name, id)))).map((given) => given?.value);

  it('answers and is no message, also if the bot dies before that is kept and it comes again', async () => {
    await handler()(update(1, '/new web'));
    await ask('q-1', ME);
    const dying = { ...queues.routing, decideOnce: () => Promise.reject(new Error('Connection is closed.')) };
    await expect(handler({ routing: dying })(update(2, 'use the red one'))).rejects.toThrow('Connection is closed.');
    await handler()(update(2, 'use the red one'));
    await handler()(update(3, 'a message'));
    expect((await jobs('session-web')).flatMap(({ data }) => data.text ?? [])).toEqual(['a message']);
    expect(await answers('q-1')).toEqual(['use the red one']);
    expect(await said()).toEqual([`→ use the red one (P${ME})`]);
  });

  it('answers the other question there, when the first one was answered by a button', async () => {
    await handler()(update(1, '/new web'));
    await ask('q-1', ME);
    await ask('q-2', undefined);
    await answerByButton('q-1');
    await handler()(update(2, 'blue'));
    await handler()(update(3, 'a message'));
    expect(await answers('q-1', 'q-2')).toEqual(['allow', 'blue']);
    expect((await jobs('session-web')).flatMap(({ data }) => data.text ?? [])).toEqual(['a message']);
  });

  it('answers what is still open, the newest first, when several sessions of one person ask there', async () => {
    await handler()(update(1, '/new web'));
    for (const questionId of ['q-1', 'q-2', 'q-3']) await ask(questionId, ME);
    await answerByButton('q-3');
    for (const [i, text] of ['two', 'one', 'a message'].entries()) await handler()(update(2 + i, text));
    expect(await answers('q-1', 'q-2', 'q-3')).toEqual(['one', 'two', 'allow']);
    expect((await jobs('session-web')).flatMap(({ data }) => data.text ?? [])).toEqual(['a message']);
    expect(await createExpectations(queues.redis).find({ chatId: ME }, ME)).toEqual([]);
  });

  it('answers no question of another session than the one whose answer it replies to', async () => {
    for (const [i, text] of ['/new api', '/new web'].entries()) await handler()(update(i + 1, text));
    await ask('q-1', ME);
    await createSentJournal(queues.redis).keepSpeaker(replyQueue(ME).name, [77], 'api');
    const replied = update(3, 'for api');
    Object.assign(replied.message, { reply_to_message: { message_id: 77, text: 'said before' } });
    await handler()(replied);
    expect((await jobs('session-api')).flatMap(({ data }) => data.text ?? [])).toEqual(['for api']);
    expect(await answers('q-1')).toEqual([undefined]);
  });

  it('leaves alone what is expected for another question', async () => {
    const expectations = createExpectations(queues.redis);
    await ask('q-2', ME);
    await expectations.clear({ chatId: ME }, ME, 'q-1');
    expect(await expectations.find({ chatId: ME }, ME)).toMatchObject([{ questionId: 'q-2' }]);
  });
});

describe('a poisonous update', () => {
  it('gets a notice and lets those behind it through', async () => {
    await queues.redis.set('signalbox:update:1:1', '{torn');
    const { log, lines } = createTestLog();
    const handle = handler({}, log);
    await handle(update(1, 'poison'));
    await handle(update(2, '/help'));
    expect(await said()).toEqual([expect.stringMatching(/could not be handled/), expect.stringMatching(/\/sessions/)]);
    expect(lines.find(({ level }) => level === 50)).toMatchObject({ updateId: 1 });
  });

  it('may be a button or a stop: it gets a notice too, and lets those behind it through', async () => {
    const broken = () => Promise.reject(new TypeError('a bug'));
    const handle = handOn({ press: broken, stopDraft: broken });
    const callback_query = { id: 'q7', from: user(ME), data: 'd', message: { message_id: 3, chat: privateChat(ME) } };
    await handle({ update_id: 1, callback_query });
    await handle({ update_id: 2, stopped_message_generation: { chat: privateChat(ME), draft_id: 5 } });
    expect(await said()).toEqual([
      expect.stringMatching(/^This button could not be handled/),
      expect.stringMatching(/could not be handled/),
    ]);
  });

  it('that Redis did not take, of a button, rejects, so that it is tried again', async () => {
    const away = () => Promise.reject(new Error('Connection is closed.'));
    const callback_query = { id: 'q7', from: user(ME), data: 'd', message: { message_id: 3, chat: privateChat(ME) } };
    await expect(handOn({ press: away })({ update_id: 1, callback_query })).rejects.toThrow('Connection is closed.');
  });

  it('is one that meets what another version left in Redis', async () => {
    await queues.redis.hset('signalbox:personas', 'default', '[{"name":"of another version"}]');
    const handle = handler();
    await handle(update(1, '/new web'));
    await handle(update(2, '/help'));
    expect((await said()).at(-1)).toMatch(/\/sessions/);
  });

  it('gets its notice also when it was half done, and words of it are out already', async () => {
    await handler()(update(1, '/new web'));
    const addJob: Queues['addJob'] = (queue, entry) => {
      if (queue.name === 'session-web') throw new TypeError('a bug');
      return queues.addJob(queue, entry);
    };
    await handler({ addJob })(update(2, '/session web'));
    expect(await said()).toEqual(["Switched to session 'web'.", expect.stringMatching(/could not be handled/)]);
  });
});

describe('a group in which several may write', () => {
  let next = 100;
  const inGroup = (text: string, more: object = {}) => {
    next += 1;
    const sent = message(ME, { message_id: next, chat: group(), text, entities: mentionsIn(text), ...more });
    return { update_id: next, message: sent };
  };
  const mentionsIn = (text: string) =>
    [...text.matchAll(/@\w+/g)].map(({ 0: name, index }) => ({ type: 'mention', offset: index, length: name.length }));
  const photo = [{ file_id: 'f', file_unique_id: 'u', width: 1, height: 1 }];
  const fromBot = { reply_to_message: { message_id: 1, from: { id: 1 } } };
  const heard = async () => (await jobs('session-web')).map(({ data }) => data.text);
  let handle: ReturnType<typeof handler>;
  beforeEach(async () => {
    handle = handler();
    const card = { name: 'web', pool: 'default', persona: 'default', claimedBy: 'u', createdAt: 1 };
    await queues.routing.claim(card);
    await queues.routing.activate({ chatId: GROUP }, 'web');
  });

  it('has only what addresses the bot taken, without the mention', async () => {
    const texts = [
      'nobody’s',
      '@our_bot first',
      'and @Our_Bot second',
      '@bob not you',
      '@bob and @our_bot third',
      'stop',
    ];
    for (const text of texts) await handle(inGroup(text));
    await handle(inGroup('fourth', fromBot));
    await handle(inGroup('to bob', { reply_to_message: { message_id: 2, from: { id: 77 } } }));
    await handle(inGroup('/tmp is full'));
    expect(await heard()).toEqual(['first', 'and second', '@bob and third', 'fourth']);
  });

  it('has what names the bot in a poll, a rich message or the command of a caption taken', async () => {
    const rich_message = { blocks: [{ type: 'paragraph', text: [{ type: 'mention', text: '@our_bot' }, ' look'] }] };
    const poll = { question: '@our_bot which?', options: [{ text: 'a' }] };
    for (const more of [{ poll }, { rich_message }, { caption: '/usage@our_bot', photo }])
      await handle(inGroup('', { text: undefined, entities: undefined, ...more }));
    await handle(inGroup('', { text: undefined, poll: { question: 'which?', options: [{ text: 'a' }] } }));
    expect(await heard()).toEqual([
      expect.stringContaining('which?'),
      expect.stringContaining('look'),
      expect.stringContaining('/usage'),
    ]);
  });

  it('has only a text taken while one is expected: nothing else is an answer', async () => {
    const about = { queue: { name: 'session-web', group: 'session.default' }, requestId: 'q' };
    const expected = { about, questionId: 'q', prefix: '' };
    await createExpectations(queues.redis).set({ chatId: GROUP }, ME, expected);
    await handle(inGroup('', { text: undefined, caption: 'our holiday', photo }));
    expect(await heard()).toEqual([]);
  });

  it('has a message that comes again heard as it was, and gives along what was said since the last one', async () => {
    for (const text of ['one', 'two', 'three']) await handle(inGroup(text));
    const asked = inGroup('@our_bot what do you think?');
    await handle(asked);
    await handle(inGroup('four'));
    await handle(asked);
    await handle(inGroup('@our_bot and now?'));
    const [first, last] = await jobs('session-web');
    expect(first?.data.talk).toEqual(['two', 'three'].map((text) => ({ by: `P${ME}`, text })));
    expect(last?.data.talk).toEqual([{ by: `P${ME}`, text: 'four' }]);
  });

  it('has the rest of what was sent at once taken too', async () => {
    const long = `@our_bot ${'word '.repeat(800)}`;
    await handle(inGroup(long));
    await handle(inGroup('the rest of it'));
    await handle(inGroup('forwarded', { forward_origin: { type: 'hidden_user', sender_user_name: 'X' } }));
    await handle(inGroup('later', { date: 1_700_000_010 }));
    expect((await heard()).slice(1)).toEqual(['the rest of it', 'forwarded']);
  });

  it('has what Claude waits for taken as the answer', async () => {
    const expectations = createExpectations(queues.redis);
    const about = { queue: { name: 'session-web', group: 'session.default' }, requestId: 'q' };
    await expectations.set({ chatId: GROUP }, ME, { about, questionId: 'q', prefix: '' });
    await handle(inGroup('blue'));
    await handle(inGroup('green'));
    // Nobody asks any more, so it is a message; the one behind it answers nothing.
    expect(await heard()).toEqual(['blue']);
  });

  it('with a bot that takes all has what is for somebody else left out all the same', async () => {
    handle = handler({}, createTestLog().log, 'all');
    for (const text of ['mine', '@bob yours', 'stop it']) await handle(inGroup(text));
    expect(await heard()).toEqual(['mine', 'stop it']);
  });
});

describe('who cannot be told apart', () => {
  it.each([
    [ANONYMOUS_ADMIN, /Remain anonymous/],
    [CHANNEL_BOT, /in the name of a channel/],
    [777_000, /linked channel/],
    [STRANGER, /add 6666 to TELEGRAM_ALLOWED_USERS/],
  ])('is refused as %d with the cause, also if a list has them', async (id, cause) => {
    const { log, lines } = createTestLog();
    const handle = handler({}, log);
    await handle({ update_id: 1, message: message(id, { chat: group(), text: 'x' }) });
    expect(JSON.stringify(lines)).toMatch(cause);
    const sender = { userId: id, chatId: GROUP, isPrivate: false };
    expect(isAllowed(sender, { users: [id], chats: [GROUP] })).toBe(id === STRANGER);
  });
});
