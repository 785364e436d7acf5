import { CONTRACT_VERSION, type Place, type Reply, replyQueue } from '@signalbox/contracts';
import { JobFailed, ParkJob, type Queues, type TakenJob } from '@signalbox/queues';
import { ANN, BOB, type FaultRule, GROUP_ID, startSimulator } from '@signalbox/simulator';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BotWorld, createShortPause, createTestLog, freePace, startBotWorld } from '../../testing/bot-world.ts';
import { heldQueue } from '../../testing/held-queue.ts';
import { createExpectations, type Expectations } from '../asking/expectations.ts';
import { createKeptQuestions, type KeptQuestions } from '../asking/keep-questions.ts';
import { createEarlierFiles } from '../files/earlier-files.ts';
import { createFloodGate } from '../telegram/flood-gate.ts';
import { createSay } from '../telegram/say.ts';
import { createTelegramApi } from '../telegram/telegram-api.ts';
import { createTopicNames } from '../telegram/topic-names.ts';
import { createOutbox, type OutboxDependencies } from './send-replies.ts';
import { createSentJournal, type SentJournal } from './sent-journal.ts';

const { pause, pauses } = createShortPause();

let world: BotWorld;
let queues: Queues;
let journal: SentJournal;
let questions: KeptQuestions;
let expectations: Expectations;
beforeAll(async () => {
  world = await startBotWorld();
  queues = await world.open();
  journal = createSentJournal(queues.redis);
  questions = createKeptQuestions(queues.redis, 'a secret');
  expectations = createExpectations(queues.redis);
});
afterAll(() => world.stop());
beforeEach(() => {
  world.telegram.faults.clear();
  pauses.length = 0;
});

const ANNS = replyQueue(ANN.id).name;
const place: Place = { chatId: ANN.id };
type Plain = Extract<Reply, { kind: 'text' | 'markdown' }>;
const reply = (text: string, more: { kind?: Plain['kind'] } & Partial<Omit<Plain, 'kind'>> = {}): Plain => ({
  version: 1,
  kind: 'text',
  place,
  text,
  ...more,
});
let made = 0;
const job = (data: object): TakenJob => ({
  id: `r-${++made}`,
  data,
  addedAt: 1,
  startedBefore: false,
  takeOvers: 0,
  afterPause: false,
  chosen: undefined,
  begin: async () => undefined,
});
/** The job as the next process gets it. */
const again = (taken: TakenJob): TakenJob => ({ ...taken, startedBefore: true });

/** Which jobs were fetched before: the second time is a recovery. */
const fetched = new Set<string>();

/** The outbox of one process. */
function openOutbox(more: Partial<OutboxDependencies> = {}) {
  const gate = createFloodGate(queues.redis, pause);
  const { log } = createTestLog();
  const { transfers, addJob } = queues;
  const topicNames = createTopicNames(queues.redis);
  const say = createSay(queues.addJob);
  const { keep: keepFiles } = createEarlierFiles(queues.redis);
  const usual = {
    keepFiles,
    say,
    api: world.api,
    journal,
    questions,
    expectations,
    transfers,
    gate,
    pace: freePace,
    pause,
    log,
    addJob,
    topicNames,
  };
  return createOutbox({ ...usual, ...more });
}

/** Sends one reply, as a process of its own would. */
function send(taken: TakenJob, more: Partial<OutboxDependencies> = {}, signal = new AbortController().signal) {
  const outbox = openOutbox(more);
  const startedBefore = fetched.has(taken.id);
  fetched.add(taken.id);
  return outbox.handle(ANNS, { ...taken, startedBefore }, heldQueue(signal)) as Promise<{ messageIds: number[] }>;
}

/** What the bot showed in a chat since the last look. */
const seen = new Map<number, number>();
function shown(chat: number = ANN.id) {
  const all = world.telegram.messages(chat).filter(({ from }) => from.isBot);
  const fresh = all.slice(seen.get(chat) ?? 0);
  seen.set(chat, all.length);
  return fresh;
}
const texts = (chat?: number) => shown(chat).map(({ text }) => text);
afterEach(() => void [shown(), shown(BOB.id), shown(GROUP_ID)]);

const fault = (effect: FaultRule['effect'], more: Partial<FaultRule> = {}) =>
  world.telegram.faults.add({ method: 'sendMessage', effect, ...more });
const refusal = (code: number, description: string, retry_after?: number): FaultRule['effect'] => ({
  error: { code, description, ...(retry_after ? { parameters: { retry_after } } : {}) },
});

describe('the outbox', () => {
  it('sends the replies of each chat in their order, once each', async () => {
    const outbox = openOutbox();
    const consumer = await queues.consume('reply', outbox);
    const wanted = Array.from({ length: 10 }, (_, i) => `number ${i}`);
    for (const text of wanted) {
      for (const { id } of [ANN, BOB]) {
        const entry = { id: `o-${id}-${text.at(-1)}`, name: 'text', data: reply(text, { place: { chatId: id } }) };
        await queues.addJob(replyQueue(id), entry);
        await queues.addJob(replyQueue(id), entry);
      }
    }
    for (const { id } of [ANN, BOB]) {
      await world.telegram.waitForMessage(({ text }) => text === 'number 9', { chat: id });
      expect(texts(id)).toEqual(wanted);
    }
    await consumer.stop(1_000);
  });

  it('notes each part before it is sent and after', async () => {
    const notes: unknown[] = [];
    const spying: SentJournal = {
      ...journal,
      async write(queue, id, part, state) {
        const isShown = world.telegram.messages(ANN.id).some(({ text }) => text === 'noted');
        notes.push([part, state === 'sending' ? state : 'sent', isShown]);
        await journal.write(queue, id, part, state);
      },
    };
    const taken = job(reply('noted'));
    const { messageIds } = await send(taken, { journal: spying });
    expect(notes).toEqual([
      [0, 'sending', false],
      [0, 'sent', true],
    ]);
    expect(await journal.read(ANNS, taken.id)).toEqual(new Map([[0, messageIds[0]]]));
    expect(await queues.redis.ttl(`signalbox:{${ANNS}}:sent:${taken.id}`)).toBeGreaterThan(24 * 3_600);
  });

  it('answers the message asked for with the first part alone, and is silent if told so', async () => {
    const { message } = world.telegram.say({ from: ANN.id, text: 'question' });
    await send(job(reply('long '.repeat(1_500), { replyTo: message.id, silent: true })));
    const sent = shown();
    expect(sent.map(({ replyTo }) => replyTo?.id)).toEqual([message.id, undefined]);
    expect(sent.map(({ silent }) => silent)).toEqual([true, true]);
  });

  it.each([' ', '\n', '\u200b'])('sends nothing for a blank reply (%j) and goes on', async (text) => {
    expect(await send(job(reply(text)))).toEqual({ messageIds: [] });
    expect(await send(job(reply(text, { kind: 'markdown' })))).toEqual({ messageIds: [] });
    expect(texts()).toEqual([]);
  });

  it('fails what is no reply without repeating it, and leaves what is newer to a newer bot', async () => {
    const broken = send(job({ version: CONTRACT_VERSION, kind: 'text', text: 'my-private-words' }));
    await expect(broken).rejects.toThrow(JobFailed);
    await expect(broken).rejects.not.toThrow(/my-private-words/);
    await expect(send(job({ version: CONTRACT_VERSION + 1 }))).rejects.toThrow(ParkJob);
  });

  it('keeps a chat for a while after its last reply', async () => {
    const outbox = openOutbox();
    expect(outbox.keeps(ANNS)).toBe(false);
    await outbox.handle(ANNS, job(reply('x')), heldQueue());
    expect(outbox.keeps(ANNS)).toBe(true);
    await outbox.leave(ANNS, 'idle');
    expect(outbox.keeps(ANNS)).toBe(false);
  });
});

describe('a bot that died', () => {
  const DIED = 'died here';
  /** A journal whose process dies when it has noted (or is about to note) the given state of the given part. */
  const dying = (part: number, state: 'sending' | 'sent', when: 'before' | 'after'): [SentJournal, AbortSignal] => {
    const death = new AbortController();
    return [
      {
        ...journal,
        async write(queue, id, at, noted) {
          const isHere = at === part && (typeof noted === 'number' ? 'sent' : noted) === state;
          if (death.signal.aborted || (isHere && when === 'before')) death.abort(new Error(DIED));
          death.signal.throwIfAborted();
          await journal.write(queue, id, at, noted);
          if (isHere) death.abort(new Error(DIED));
          death.signal.throwIfAborted();
        },
      },
      death.signal,
    ];
  };
  const dieAt = async (taken: TakenJob, ...at: Parameters<typeof dying>) => {
    const [journal, signal] = dying(...at);
    await expect(send(taken, { journal }, signal)).rejects.toThrow(DIED);
  };

  it('before it noted anything has sent nothing, and the reply is sent unmarked', async () => {
    const taken = job(reply('hello'));
    await dieAt(taken, 0, 'sending', 'before');
    expect(texts()).toEqual([]);
    await send(again(taken));
    expect(texts()).toEqual(['hello']);
  });

  it('between the note and the send leaves a reply that may be there: it is marked', async () => {
    const taken = job(reply('hello'));
    await dieAt(taken, 0, 'sending', 'after');
    await send(again(taken));
    expect(texts()).toEqual(['(resent after restart)\nhello']);
  });

  it('between the send and its note leaves a reply that is there: it comes again, marked', async () => {
    const taken = job(reply('hello'));
    await dieAt(taken, 0, 'sent', 'before');
    await send(again(taken));
    expect(texts()).toEqual(['hello', '(resent after restart)\nhello']);
  });

  it('after it noted that the reply was sent is not followed by a second one', async () => {
    const taken = job(reply('hello'));
    await dieAt(taken, 0, 'sent', 'after');
    const { messageIds } = await send(again(taken));
    expect(texts()).toEqual(['hello']);
    expect(messageIds).toHaveLength(1);
  });

  it('in the middle of a long reply is followed by the rest alone', async () => {
    const taken = job(reply(`${'a'.repeat(4_000)}\n\n${'b'.repeat(4_000)}\n\n${'c'.repeat(4_000)}`));
    await dieAt(taken, 1, 'sending', 'before');
    expect(texts()).toEqual(['a'.repeat(4_000)]);
    await send(again(taken));
    expect(texts()).toEqual(['b'.repeat(4_000), 'c'.repeat(4_000)]);
  });

  it('told to stop during a send still notes that it was sent', async () => {
    fault({ delayMs: 50 });
    const taken = job(reply('slow'));
    const stopping = new AbortController();
    const sending = send(taken, {}, stopping.signal);
    await expect.poll(() => world.telegram.calls.at(-1)?.outcome, { interval: 2 }).toBe('open');
    stopping.abort(new Error('stopping'));
    await sending.catch(() => undefined);
    await send(again(taken));
    expect(texts()).toEqual(['slow']);
  });
});

describe('a reply that Telegram refuses', () => {
  it('for its formatting comes as plain text', async () => {
    fault(refusal(400, "Bad Request: can't parse entities"));
    await send(job(reply('**bold** word', { kind: 'markdown' })));
    expect(shown()).toMatchObject([{ text: 'bold word', entities: [] }]);
  });

  it('as plain text too comes as a file with all of it', async () => {
    fault(refusal(400, 'Bad Request: message is wrong'), { times: 2 });
    await send(job(reply('**bold** word', { kind: 'markdown' })));
    const [sent] = shown();
    expect(sent?.file?.name).toBe('message.txt');
    expect(Buffer.from(world.telegram.fileData(sent?.file?.fileId ?? '')).toString()).toBe('bold word');
  });

  it('in every form fails with the reason, and the journal says that it was not sent', async () => {
    world.telegram.faults.add({ effect: refusal(400, 'Bad Request: never'), times: 10 });
    const taken = job(reply('my-private-words'));
    const sending = send(taken);
    await expect(sending).rejects.toThrow(new JobFailed('Telegram refused sendDocument: 400 Bad Request: never'));
    expect(await journal.read(ANNS, taken.id)).toEqual(new Map());
  });

  it.each([
    [403, 'Forbidden: bot was blocked by the user'],
    [400, 'Bad Request: chat not found'],
    [400, 'Bad Request: not enough rights to send text messages to the chat'],
  ])('because nobody would get it (%i %s) fails at once with the reason', async (code, description) => {
    const before = world.telegram.calls.length;
    fault(refusal(code, description), { times: 5 });
    await expect(send(job(reply('hello')))).rejects.toThrow(
      new JobFailed(`Telegram refused sendMessage: ${code} ${description}`),
    );
    expect(world.telegram.calls).toHaveLength(before + 1);
  });

  it('because the person blocked the bot fails, and those behind it come when they unblock it', async () => {
    world.telegram.block(ANN.id);
    await expect(send(job(reply('unheard')))).rejects.toThrow(/403 Forbidden: bot was blocked/);
    world.telegram.unblock(ANN.id);
    await send(job(reply('heard')));
    expect(texts()).toEqual(['heard']);
  });

  it('together with its token is kept for a bot whose token is valid', async () => {
    fault(refusal(401, 'Unauthorized'), { times: 2 });
    await send(job(reply('hello')));
    expect(texts()).toEqual(['hello']);
  });

  it.each(['message thread not found', 'TOPIC_CLOSED', 'TOPIC_DELETED'])(
    'because its topic is gone (%s) comes to the chat of the topic',
    async (why) => {
      fault(refusal(400, `Bad Request: ${why}`));
      const threadId = world.telegram.chats.find(({ id }) => id === GROUP_ID)?.topics[0]?.id ?? 0;
      await send(job(reply('**still** there', { kind: 'markdown', place: { chatId: GROUP_ID, threadId } })));
      const [sent] = shown(GROUP_ID);
      expect(sent).toMatchObject({ text: 'still there', thread: undefined, entities: [{ type: 'bold' }] });
    },
  );
});

describe('an answer whose topic is gone', () => {
  const servers = () => ({
    chatId: GROUP_ID,
    threadId: world.telegram.chats.find(({ id }) => id === GROUP_ID)?.topics[0]?.id ?? 0,
  });
  const refuse = (times = 1) => fault(refusal(400, 'Bad Request: TOPIC_CLOSED'), { times });
  const offers = async () => {
    const waiting = await queues.bull.queue(replyQueue(GROUP_ID).name).getWaiting();
    return waiting.filter(({ name }) => name === 'menu').map(({ data }) => data as Reply);
  };

  it('comes to the chat below a line that names session and topic, of all its parts the first, and a button binds it', async () => {
    await createTopicNames(queues.redis).note(servers(), 'Servers', true);
    refuse();
    const taken = job(reply('**red**', { kind: 'markdown', place: servers(), session: 'web' }));
    const { messageIds } = await send(taken);
    const [sent] = shown(GROUP_ID);
    const line = "↪️ From session 'web', of the topic “Servers” that is closed:";
    expect(sent).toMatchObject({ text: `${line}\nred`, thread: undefined });
    expect(sent?.entities).toEqual([{ type: 'bold', offset: line.length + 1, length: 3 }]);
    expect(await journal.speaker(ANNS, messageIds[0] ?? 0)).toBe('web');
    refuse();
    await send(job(reply(`${'long '.repeat(900)}end`, { place: servers(), session: 'web' })));
    expect(shown(GROUP_ID).filter(({ text }) => text.startsWith(line))).toHaveLength(1);
    expect(await offers()).toEqual([
      expect.objectContaining({
        place: { chatId: GROUP_ID },
        rows: [[{ label: "Talk to 'web' here", act: { do: 'command', text: '/session web' } }]],
      }),
    ]);
  });

  it('of a file has the line in a message before it', async () => {
    const calls = { method: ['sendDocument'], effect: refusal(400, 'Bad Request: message thread not found') };
    world.telegram.faults.add(calls);
    const data = {
      version: 1,
      kind: 'document',
      place: servers(),
      text: 'All of it.',
      name: 'a.md',
      content: 'x',
      session: 'web',
    };
    await send(job(data));
    expect(texts(GROUP_ID)).toEqual(["↪️ From session 'web', of the topic “Servers” that is gone:", 'All of it.']);
  });

  it('and that waits for a text waits for it in the chat as well', async () => {
    refuse();
    const about = { queue: { name: 'session-web', group: 'session.nas' }, requestId: 'n-1' };
    const rows = [[{ label: 'A', act: { do: 'answer', value: 'a' } }]];
    const data = {
      version: 1,
      kind: 'question',
      place: servers(),
      text: 'Which?',
      about,
      rows,
      textAnswers: { prefix: '' },
    };
    const question = job(data);
    await send(question);
    expect(await expectations.find({ chatId: GROUP_ID }, ANN.id)).toEqual([
      { about, questionId: question.id, prefix: '' },
    ]);
  });
});

describe('too many requests', () => {
  it('keep the reply unmarked, and close the chat for as long as Telegram says, for a new process too', async () => {
    fault(refusal(429, 'Too Many Requests: retry after 2', 2));
    const taken = job(reply('hello'));
    const closed: [string, number][] = [];
    const gate = createFloodGate(queues.redis, pause);
    const watched = { ...gate, close: async (queue: string, ms: number) => void closed.push([queue, ms]) };
    await send(taken, { gate: watched });
    expect(closed).toEqual([[ANNS, 2_000]]);
    expect(texts()).toEqual(['hello']);
  });

  it('leave the journal unmarked for a process that dies while it waits', async () => {
    fault(refusal(429, 'Too Many Requests: retry after 2', 2));
    const taken = job(reply('hello'));
    const stopping = new AbortController();
    const sending = send(taken, {}, stopping.signal);
    await expect.poll(() => queues.redis.pttl(`signalbox:{${ANNS}}:closed`), { interval: 5 }).toBeGreaterThan(0);
    stopping.abort(new Error('stopping'));
    await expect(sending).rejects.toThrow('stopping');
    expect(await journal.read(ANNS, taken.id)).toEqual(new Map());

    const later = createFloodGate(queues.redis, pause);
    const next = new AbortController();
    const waiting = send(again(taken), { gate: later }, next.signal);
    await expect.poll(() => later.isClosed(ANNS), { interval: 5 }).toBe(true);
    next.abort(new Error('stopping too'));
    await expect(waiting).rejects.toThrow('stopping too');
    expect(texts()).toEqual([]);

    await queues.redis.del(`signalbox:{${ANNS}}:closed`);
    await send(again(taken));
    expect(texts()).toEqual(['hello']);
  });

  it('of one chat do not hold up another', async () => {
    await createFloodGate(queues.redis, pause).close(replyQueue(BOB.id).name, 60_000);
    await send(job(reply('hello')));
    expect(texts()).toEqual(['hello']);
  });
});

describe('a server that does not answer', () => {
  it.each([
    ['with a connection cut before it was carried out', 'cutBefore' as const, ['(resent after restart)\nhello']],
    ['with a connection cut after it', 'cutAfter' as const, ['hello', '(resent after restart)\nhello']],
    ['behind a gateway that does', 'badGateway' as const, ['hello']],
  ])('%s', async (_how, effect, expected) => {
    fault(effect);
    await send(job(reply('hello')));
    expect(texts()).toEqual(expected);
  });

  it('is asked again with growing pauses', async () => {
    fault('badGateway', { times: 4 });
    await send(job(reply('hello')));
    expect(pauses).toHaveLength(4);
    expect(pauses.at(-1)).toBeGreaterThan(pauses[0] ?? Number.POSITIVE_INFINITY);
  });

  it('because nothing listens has got nothing: the reply comes unmarked when it is back', async () => {
    const first = await startSimulator();
    await first.close();
    const api = createTelegramApi(first.botToken, first.url);
    const { log, logged } = createTestLog();
    const taken = job(reply('hello'));
    const sending = send(taken, { api, log });
    await logged(/did not answer sendMessage/);
    const again = await startSimulator({ port: Number(new URL(first.url).port) });
    try {
      await sending;
      expect(again.telegram.messages(ANN.id).map(({ text }) => text)).toEqual(['hello']);
    } finally {
      await again.close();
    }
  });

  it('stays ambiguous when a later try is refused for sure', async () => {
    fault('cutAfter');
    fault(refusal(429, 'Too Many Requests: retry after 1', 1));
    await send(job(reply('hello')));
    expect(texts()).toEqual(['hello', '(resent after restart)\nhello']);
  });
});
