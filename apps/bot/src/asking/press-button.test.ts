import {
  type AnswerButton,
  type Menu,
  type MenuButton,
  type Question,
  type QueueRef,
  type Reply,
  replyQueue,
} from '@signalbox/contracts';
import { type JobHandler, keys, type Queues } from '@signalbox/queues';
import { ANN, BOB, GROUP_ID, type ShownMessage } from '@signalbox/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BotWorld, createShortPause, createTestLog, freePace, startBotWorld } from '../../testing/bot-world.ts';
import { heldQueue } from '../../testing/held-queue.ts';
import { describeQueue } from '../deciding/queue-menu.ts';
import { createEarlierFiles } from '../files/earlier-files.ts';
import { createOutbox } from '../outbox/send-replies.ts';
import { createSentJournal } from '../outbox/sent-journal.ts';
import { createFloodGate } from '../telegram/flood-gate.ts';
import { createSay } from '../telegram/say.ts';
import { createTopicNames } from '../telegram/topic-names.ts';
import { readButtonData } from './button-data.ts';
import { createExpectations } from './expectations.ts';
import { createKeptQuestions, type KeptQuestions } from './keep-questions.ts';
import { createPerformAct } from './perform-act.ts';
import type { Press } from './press.ts';
import { createPressButton, type PressNeeds } from './press-button.ts';
import { keyboardOf } from './show-buttons.ts';

let world: BotWorld;
let queues: Queues;
let questions: KeptQuestions;
beforeAll(async () => {
  world = await startBotWorld();
  queues = await world.open();
  questions = createKeptQuestions(queues.redis, 'a secret');
});
afterAll(() => world.stop());

/** The answers about jobs. */
const chosen: { jobId: string; questionId: string; value: string }[] = [];
let isGone: boolean;
beforeEach(() => {
  chosen.length = 0;
  isGone = false;
});

const about = { queue: { name: 'session-web', group: 'session.default' }, jobId: 'u-1-1' };
const answerButton = (label: string): AnswerButton => ({
  label,
  act: { do: 'answer', value: label.toLowerCase() },
});
const question = (text: string, chatId: number = ANN.id): Question => ({
  version: 1,
  kind: 'question',
  place: { chatId },
  text,
  about,
  rows: [[answerButton('Retry'), answerButton('Drop')]],
});
let asked = 0;

let outbox: JobHandler;
beforeAll(() => {
  const { pause } = createShortPause();
  outbox = createOutbox({
    say: createSay(queues.addJob),
    topicNames: createTopicNames(queues.redis),
    ...queues,
    api: world.api,
    journal: createSentJournal(queues.redis),
    keepFiles: createEarlierFiles(queues.redis).keep,
    questions,
    expectations: createExpectations(queues.redis),
    gate: createFloodGate(queues.redis, pause),
    pace: freePace,
    pause,
    log: createTestLog().log,
  });
});

const delivered = new Set<string>();

/** Has the outbox take a reply; one of the same id once. */
async function deliver(queue: QueueRef, { id, data }: { id: string; data: unknown }): Promise<void> {
  if (delivered.has(id)) return;
  delivered.add(id);
  const taken = { data, addedAt: 1, startedBefore: false, takeOvers: 0, afterPause: false, chosen: undefined };
  const begin = async () => undefined;
  await outbox.handle(queue.name, { id, ...taken, begin }, heldQueue());
}

/** Sends a question as the outbox does, and resolves to what the chat shows. */
async function show(data: Question | Menu): Promise<ShownMessage> {
  const { chatId } = data.place;
  await deliver(replyQueue(chatId), { id: `n-u-1-1-ask-${++asked}`, data });
  const shown = world.telegram.messages(chatId).at(-1);
  if (!shown) throw new Error('Nothing is shown');
  return shown;
}

const dataOf = (shown: ShownMessage, label: string) => shown.buttons.flat().find(({ text }) => text === label)?.data;
const pressOf = (shown: ShownMessage, label: string, more: Partial<Press> = {}): Press => {
  const { queryId } = world.telegram.press({ from: ANN.id, messageId: shown.id, data: dataOf(shown, label) ?? '' });
  return {
    queryId,
    data: dataOf(shown, label),
    place: { chatId: ANN.id },
    messageId: shown.id,
    userId: ANN.id,
    userName: 'Ann',
    ...more,
  };
};
const typed: string[] = [];

let updates = 0;

/** Takes a press as an update of this id, by default a new one. */
async function press(pressed: Press, id = `u-1-${1_000 + ++updates}`, more: Partial<PressNeeds> = {}): Promise<void> {
  const answer: Queues['questions']['answer'] = async (asked, given) => {
    if (!('jobId' in asked.about)) return queues.questions.answer(asked, given);
    chosen.push({ jobId: asked.about.jobId, questionId: asked.questionId, value: given.value });
    return isGone ? undefined : given;
  };
  const { waiting, routing, signals } = queues;
  const needs = { questions, expectations: createExpectations(queues.redis), waiting, session: routing.session };
  const perform = createPerformAct({ ...needs, answer, stop: signals.stop });
  const addJob: Queues['addJob'] = async (queue, entry) => void (await deliver(queue, entry));
  const take = createPressButton({ questions, perform, addJob, api: world.api, log: createTestLog().log, ...more });
  await take(pressed, id, async (text) => void typed.push(text));
}
const now = (shown: ShownMessage) => world.telegram.messages(ANN.id).find(({ id }) => id === shown.id);
const answerTo = ({ queryId }: Press) => world.telegram.answer(queryId)?.text;

describe('a question', () => {
  it('is shown as Markdown with its buttons, whose data fits and tells nothing', async () => {
    const shown = await show(question('Go on with `rm -rf x`?'));
    expect(shown.text).toBe('Go on with rm -rf x?');
    expect(shown.buttons.flat().map(({ text }) => text)).toEqual(['Retry', 'Drop']);
    for (const { data = '' } of shown.buttons.flat()) {
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
      expect(data).not.toMatch(/web|u-1-1|ask/);
    }
  });

  it('of any length has its buttons below its last message', async () => {
    const before = world.telegram.messages(ANN.id).length;
    const last = await show(question(`${'word '.repeat(1_500)}end`));
    const all = world.telegram.messages(ANN.id).slice(before);
    expect(all.length).toBeGreaterThan(1);
    expect(all.map(({ buttons }) => buttons.flat().length)).toEqual([...all.slice(1).map(() => 0), 2]);
    expect(last.text).toMatch(/end$/);
  });
});

describe('a press', () => {
  it('is carried out, answered, and shown in the message in place of its buttons', async () => {
    const shown = await show(question('Again?'));
    const pressed = pressOf(shown, 'Retry');
    await press(pressed);
    expect(chosen).toEqual([
      { jobId: 'u-1-1', value: 'retry', questionId: expect.stringMatching(/^n-u-1-1-ask-\d+$/) },
    ]);
    await expect.poll(() => now(shown)).toMatchObject({ text: 'Again?\n\n→ Retry (Ann)', buttons: [] });
    await expect.poll(() => answerTo(pressed)).toBe('Retry');
  });

  it('that comes a second time is the same; another one is told who was first, and changes nothing', async () => {
    const shown = await show(question('Again?'));
    const [first, second] = [pressOf(shown, 'Drop'), pressOf(shown, 'Retry', { userName: 'Bob' })];
    await press(first, 'u-1-7');
    await press(first, 'u-1-7');
    await press(second);
    expect(chosen.map(({ value }) => value)).toEqual(['drop', 'drop']);
    await expect.poll(() => answerTo(second)).toBe('Ann has chosen “Drop” already.');
    await expect.poll(() => now(shown)?.text).toBe('Again?\n\n→ Drop (Ann)');
  });

  it('on the button that was pressed already changes neither the outcome nor who decided', async () => {
    const shown = await show(question('Again?'));
    const [first, second] = [pressOf(shown, 'Drop'), pressOf(shown, 'Drop', { userName: 'Bob' })];
    await press(first);
    await press(second);
    await expect.poll(() => answerTo(second)).toBe('Ann has chosen “Drop” already.');
    expect(now(shown)?.text).toBe('Again?\n\n→ Drop (Ann)');
    expect(chosen).toHaveLength(1);
  });

  it.each([
    ['a flood', { error: { code: 429, description: 'Too Many Requests', parameters: { retry_after: 0 } } }],
    ['a failing server', 'badGateway'],
    ['a lost connection', 'cutBefore'],
  ] as const)('is shown in the end, although Telegram answers with %s', async (_, effect) => {
    const shown = await show(question('Again?'));
    const fault = world.telegram.faults.add({ method: 'editMessageText', effect, times: 2 });
    await press(pressOf(shown, 'Drop'));
    expect(fault.hits).toBe(2);
    expect(now(shown)).toMatchObject({ text: 'Again?\n\n→ Drop (Ann)', buttons: [] });
  });

  it('on what is over by now says so', async () => {
    const shown = await show(question('Again?'));
    isGone = true;
    await press(pressOf(shown, 'Retry'));
    await expect.poll(() => now(shown)?.text).toMatch(/“Retry” is no longer possible/);
  });

  it.each([
    ['made up', 'q:AAAAAAAAAAAAAAAAAAAAAAAA:0'],
    ['of something else', 'stop'],
    ['without data', undefined],
  ])('%s causes nothing and is answered', async (_, data) => {
    const shown = await show(question('Again?'));
    const pressed = pressOf(shown, 'Retry', { data });
    await press(pressed);
    expect(chosen).toEqual([]);
    await expect.poll(() => answerTo(pressed)).toBe('This button is no longer valid.');
  });

  it('of another chat’s button, or one that the question does not have, causes nothing', async () => {
    const shown = await show(question('Again?'));
    await press(pressOf(shown, 'Retry', { place: { chatId: BOB.id } }));
    await press(pressOf(shown, 'Retry', { place: { chatId: GROUP_ID } }));
    await press(pressOf(shown, 'Retry', { data: dataOf(shown, 'Retry')?.replace(/.{12}$/, '7') }));
    await press(pressOf(shown, 'Retry', { data: dataOf(shown, 'Retry')?.replace(/.{12}$/, 'AAAAAAAAAAAA') }));
    expect(chosen).toEqual([]);
  });

  it('rejects if Redis does not take it, so that it is taken later', async () => {
    const shown = await show(question('Again?'));
    const away = { ...questions, find: () => Promise.reject(new Error('Connection is closed.')) };
    await expect(press(pressOf(shown, 'Retry'), 'u-1-8', { questions: away })).rejects.toThrow('Connection is closed.');
  });
});

const place = { chatId: ANN.id };
const menu = (rows: MenuButton[][], more: Partial<Menu> = {}): Menu => ({
  version: 1,
  kind: 'menu',
  place: { chatId: ANN.id },
  text: 'Which?',
  rows,
  once: true,
  ...more,
});
const session = { name: 'session-web', group: 'session.default' };
/** Asks for a running turn. */
const request = (requestId: string, rows: AnswerButton[][], more: Partial<Question> = {}): Question => ({
  ...question('Which?'),
  about: { queue: session, requestId },
  rows,
  ...more,
});

/** A question with options to mark. */
function ticks(requestId: string, values: readonly string[]): Question {
  const options = values.map((value): AnswerButton[] => [{ label: value, act: { do: 'tick', value } }]);
  return request(requestId, [...options, [{ label: 'Done', act: { do: 'answer-ticked' } }]]);
}

describe('a request of a turn', () => {
  it('whose answer is waited for has it from the first press, and shows who chose what', async () => {
    await queues.questions.open(session.name, 'q-1');
    const shown = await show(request('q-1', [[answerButton('Allow')], [answerButton('Deny')]]));
    expect(shown.buttons.map((row) => row.map(({ text }) => text))).toEqual([['Allow'], ['Deny']]);
    await press(pressOf(shown, 'Deny'));
    expect(await queues.questions.close(session.name, 'q-1')).toMatchObject({ value: 'deny', by: 'Ann' });
    await expect.poll(() => now(shown)).toMatchObject({ text: 'Which?\n\n→ Deny (Ann)', buttons: [] });
  });

  it('whose answer nobody waits for any more says so', async () => {
    const shown = await show(request('q-2', [[answerButton('Allow')]]));
    await press(pressOf(shown, 'Allow'));
    await expect.poll(() => now(shown)?.text).toMatch(/no longer possible/);
  });

  it('for one person takes nobody else’s press', async () => {
    await queues.questions.open(session.name, 'q-3');
    const shown = await show(request('q-3', [[answerButton('Allow')]], { userId: ANN.id }));
    const foreign = pressOf(shown, 'Allow', { userId: BOB.id });
    await press(foreign);
    await expect.poll(() => answerTo(foreign)).toBe('Only the person who was asked can answer this.');
    expect(await queues.questions.open(session.name, 'q-3')).toBeUndefined();
    expect(now(shown)?.buttons).toHaveLength(1);
  });

  it('with options to mark answers with those that are marked, in their order; a redelivered press marks once', async () => {
    await queues.questions.open(session.name, 'q-4');
    const shown = await show(ticks('q-4', ['Red', 'Green', 'Blue']));
    const labels = () => now(shown)?.buttons.map(([button]) => button?.text);
    expect(labels()).toEqual(['☐ Red', '☐ Green', '☐ Blue', 'Done']);
    await press(pressOf(shown, '☐ Blue'), 'u-1-1');
    await press(pressOf(shown, '☐ Blue'), 'u-1-1');
    await press(pressOf(shown, '☐ Green'), 'u-1-2');
    await press(pressOf(shown, '☐ Red'), 'u-1-3');
    await press(pressOf(shown, '☐ Green'), 'u-1-4');
    await expect.poll(labels).toEqual(['☑ Red', '☐ Green', '☑ Blue', 'Done']);
    await press(pressOf(shown, 'Done'), 'u-1-5');
    expect(await queues.questions.close(session.name, 'q-4')).toMatchObject({ value: 'Red, Blue' });
    await expect.poll(() => now(shown)?.text).toBe('Which?\n\n→ Red, Blue (Ann)');
  });

  it('with options to mark stays as it is while Done is pressed with nothing marked, and can then be answered', async () => {
    await queues.questions.open(session.name, 'q-5');
    const shown = await show(ticks('q-5', ['Red', 'Green']));
    const empty = pressOf(shown, 'Done');
    await press(empty);
    await expect.poll(() => answerTo(empty)).toBe('Mark at least one first.');
    expect(now(shown)).toMatchObject({ text: 'Which?' });
    expect(now(shown)?.buttons).toHaveLength(3);
    await press(pressOf(shown, '☐ Green'));
    await press(pressOf(shown, 'Done'));
    expect(await queues.questions.close(session.name, 'q-5')).toMatchObject({ value: 'Green' });
  });

  it('with options to mark shows several marks that had to wait with one edit', async () => {
    const shown = await show(ticks('q-10', ['Red', 'Green', 'Blue']));
    const kept: Parameters<typeof deliver>[] = [];
    const addJob: Queues['addJob'] = async (...job) => void kept.push(job);
    const presses = ['☐ Red', '☐ Green', '☐ Blue'].map((label) => pressOf(shown, label));
    for (const each of presses) await press(each, undefined, { addJob });
    const before = world.telegram.calls.length;
    for (const job of kept) await deliver(...job);
    const edits = world.telegram.calls.slice(before).filter(({ method }) => method === 'editMessageText');
    expect(edits).toHaveLength(1);
    expect(now(shown)?.buttons.map(([button]) => button?.text)).toEqual(['☑ Red', '☑ Green', '☑ Blue', 'Done']);
    await press(pressOf(shown, '☐ Red'));
    await press(pressOf(shown, '☐ Red'));
    expect(now(shown)?.buttons.flat()[0]?.text).toBe('☑ Red');
  });

  it('with options to mark gets no buttons back by a mark that comes when it is answered, by button or by text', async () => {
    await queues.questions.open(session.name, 'q-6');
    const shown = await show(ticks('q-6', ['Red', 'Green']));
    await press(pressOf(shown, '☐ Green'));
    const late = pressOf(shown, '☐ Red');
    await press(pressOf(shown, 'Done'));
    await press(late);
    await expect.poll(() => answerTo(late)).toBe('Ann has chosen “Done” already.');
    expect(now(shown)).toMatchObject({ text: 'Which?\n\n→ Green (Ann)', buttons: [] });

    const other = await show(ticks('q-7', ['Red']));
    const questionId = `n-u-1-1-ask-${asked}`;
    const later = pressOf(other, '☐ Red');
    const mark: Reply = { version: 1, kind: 'refreshed', place, text: '', questionId, messageId: other.id };
    const settled: Reply = { version: 1, kind: 'settled', place, text: '→ Blue (Ann)', questionId };
    await deliver(replyQueue(ANN.id), { id: 'settled-7', data: settled });
    // As if it had been on its way.
    await deliver(replyQueue(ANN.id), { id: 'refreshed-7', data: mark });
    await press(later);
    await expect.poll(() => answerTo(later)).toBe('This button is no longer valid.');
    expect(now(other)).toMatchObject({ buttons: [] });
  });

  it('that is to be answered in own words says so, with a way back to its buttons, which then answer', async () => {
    await queues.questions.open(session.name, 'q-9');
    const explain: AnswerButton = { label: 'Say why', act: { do: 'explain', prefix: 'no: ' } };
    const shown = await show(request('q-9', [[answerButton('Allow')], [explain]]));
    const expected = () => createExpectations(queues.redis).find(place, ANN.id);
    const labels = () =>
      now(shown)
        ?.buttons.flat()
        .map(({ text }) => text);
    const [why, allow] = [pressOf(shown, 'Say why'), pressOf(shown, 'Allow')];
    await press(why, 'u-1-91');
    const waits = 'Which?\n\n✍️ Ann, write it as your next message here.';
    await expect.poll(() => now(shown)?.text).toBe(waits);
    expect(labels()).toEqual(['↩ Back to the buttons']);
    expect(await expected()).toMatchObject([{ questionId: `n-u-1-1-ask-${asked}`, prefix: 'no: ' }]);
    // One that comes again, or is of a keyboard that is out of date, changes nothing.
    await press(why, 'u-1-91');
    await press(allow);
    await expect.poll(() => answerTo(allow)).toBe('This button is no longer valid.');
    expect(now(shown)).toMatchObject({ text: waits });
    await press(pressOf(now(shown) as ShownMessage, '↩ Back to the buttons'));
    await expect.poll(() => now(shown)?.text).toBe('Which?');
    expect(labels()).toEqual(['Allow', 'Say why']);
    expect(await expected()).toEqual([]);
    await press(pressOf(now(shown) as ShownMessage, 'Allow'));
    expect(await queues.questions.close(session.name, 'q-9')).toMatchObject({ value: 'allow' });
    await expect.poll(() => now(shown)).toMatchObject({ text: 'Which?\n\n→ Allow (Ann)', buttons: [] });
  });

  it('whose answer came in own words shows that alone', async () => {
    await queues.questions.open(session.name, 'q-11');
    const explain: AnswerButton = { label: 'Say why', act: { do: 'explain', prefix: 'no: ' } };
    const shown = await show(request('q-11', [[explain]]));
    const questionId = `n-u-1-1-ask-${asked}`;
    await press(pressOf(shown, 'Say why'));
    const settled: Reply = { version: 1, kind: 'settled', place, text: '→ too late (Ann)', questionId };
    await deliver(replyQueue(ANN.id), { id: 'settled-11', data: settled });
    expect(now(shown)).toMatchObject({ text: 'Which?\n\n→ too late (Ann)', buttons: [] });
  });

  it('that a text has answered is left to what that shows, and the presser is told who was first', async () => {
    await queues.questions.open(session.name, 'q-8');
    const shown = await show(request('q-8', [[answerButton('Allow')]]));
    const about = { queue: session, requestId: 'q-8' };
    await queues.questions.answer({ questionId: 'n-8', about }, { id: 'u-1-0', value: 'wait', by: 'Bob' });
    const late = pressOf(shown, 'Allow');
    await press(late);
    await expect.poll(() => answerTo(late)).toBe('Bob has answered already.');
    expect(now(shown)?.text).toBe('Which?');
  });
});

describe('a menu', () => {
  it('whose button only settles does nothing else', async () => {
    const shown = await show(menu([[{ label: 'Keep', act: { do: 'settle' } }]]));
    await press(pressOf(shown, 'Keep'));
    expect(now(shown)).toMatchObject({ text: 'Which?\n\n→ Keep (Ann)', buttons: [] });
    expect(typed).toEqual([]);
  });

  it('whose button is a command types it, as often as it is pressed', async () => {
    const rows: MenuButton[][] = [[{ label: 'web', act: { do: 'command', text: '/session web' } }]];
    const shown = await show(menu(rows, { once: false }));
    await press(pressOf(shown, 'web'), 'u-1-1');
    await press(pressOf(shown, 'web'), 'u-1-2');
    expect(typed.splice(0)).toEqual(['/session web', '/session web']);
    expect(now(shown)?.buttons).toHaveLength(1);
  });
});

describe('the menu of a queue', () => {
  const texts = ['one', 'two', 'three', 'four'];
  const line = { name: 'session-line', group: 'session.default' };
  const waiting = async () => (await queues.waiting.list(line.name, 10)).map(({ id }) => id);
  const stopped = async () => {
    const all = await Promise.all(texts.map((id) => queues.signals.stopOf(line.name, id)));
    return all.flatMap((each) => (each ? [each.jobId] : []));
  };
  /** A `/queue` with four messages, as it is shown. */
  async function showQueue(album: readonly string[] = []): Promise<ShownMessage> {
    await queues.bull.queue(line.name).obliterate({ force: true });
    await queues.redis.del(keys.signals(line.name));
    const origin = { place, messageId: 1, userId: ANN.id, userName: 'Ann', sentAt: 1 };
    for (const text of texts) {
      const more = album.includes(text) ? { album: 'x' } : {};
      const data = { version: 1, kind: 'message', session: 'line', origin, text, ...more };
      await queues.addJob(line, { id: text, name: 'message', data });
    }
    const { message, rows } = describeQueue('line', [{ queue: line, jobs: await queues.waiting.list(line.name, 10) }]);
    return show(
      menu(
        rows.map((row) => [...row]),
        { text: message.text, once: false, plain: true },
      ),
    );
  }

  it('takes one message out for a button that is tapped twice, also when the press comes again', async () => {
    const shown = await showQueue();
    const [once, twice] = [pressOf(shown, '✖ Cancel 2'), pressOf(shown, '✖ Cancel 2')];
    await press(once, 'u-1-1');
    await drop('two');
    await press(twice, 'u-1-2');
    await press(once, 'u-1-1');
    expect(await stopped()).toEqual(['two']);
  });

  it('that is no longer up to date takes out the message that the button names, and is brought up to date', async () => {
    const shown = await showQueue();
    await press(pressOf(shown, '✖ Cancel 1'));
    await drop('one');
    const refused = { error: { code: 400, description: 'Bad Request' } };
    const fault = world.telegram.faults.add({ method: 'editMessageText', effect: refused });
    await press(pressOf(shown, '⏫ Run next 4'));
    expect(fault.hits).toBe(1);
    expect(await waiting()).toEqual(['four', 'two', 'three']);
    await press(pressOf(shown, '✖ Cancel 3'));
    expect(await stopped()).toEqual(['one', 'three']);
  });

  it('takes out an album whole, and lets all of it be the next', async () => {
    const shown = await showQueue(['three', 'four']);
    await press(pressOf(shown, '⏫ Run next 3'));
    expect(await waiting()).toEqual(['three', 'four', 'one', 'two']);
    await press(pressOf(shown, '✖ Cancel 3'));
    expect(await stopped()).toEqual(['three', 'four']);
  });

  /** As the worker does when it finds the signal. */
  const drop = async (id: string) => (await queues.bull.queue(line.name).getJob(id))?.remove();
});

describe('the word of a question', () => {
  it('is the same for the same bot and another for another', () => {
    const other = createKeptQuestions(queues.redis, 'another secret');
    expect(questions.wordFor('n-1')).toBe(questions.wordFor('n-1'));
    expect(new Set([questions, other].flatMap((each) => ['n-1', 'n-2'].map(each.wordFor))).size).toBe(4);
    const [row] = keyboardOf([[answerButton('Allow')]], questions.wordFor('n-1'));
    expect(readButtonData(row?.[0]?.data)?.word).toBe(questions.wordFor('n-1'));
  });
});
