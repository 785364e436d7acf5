import { type Menu, type MenuButton, type Question, replyQueue } from '@signalbox/contracts';
import type { Chosen, Lease, Queues } from '@signalbox/queues';
import { ANN, BOB, GROUP_ID, type ShownMessage } from '@signalbox/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createShortPause, createTestLog, freePace, startParts, type TestParts } from '../testing/parts.ts';
import { createExpectations } from './expectations.ts';
import { createFloodGate } from './flood-gate.ts';
import { createPerformAct } from './perform-act.ts';
import { createPressButton, type Press } from './press-button.ts';
import { createQuestions, type Questions, readButtonData } from './questions.ts';
import { createOutbox } from './send-replies.ts';
import { createSentJournal } from './sent-journal.ts';

let parts: TestParts;
let queues: Queues;
let questions: Questions;
beforeAll(async () => {
  parts = await startParts();
  queues = await parts.open();
  questions = createQuestions(queues.redis, 'a secret');
});
afterAll(() => parts.stop());

const chosen: { jobId: string; by: Chosen }[] = [];
let outcome: 'done' | 'gone';
beforeEach(() => {
  chosen.length = 0;
  outcome = 'done';
});

const about = { queue: { name: 'session-web', group: 'session.default' }, jobId: 'u-1-1' };
const question = (text: string, chatId: number = ANN.id): Question => ({
  version: 2,
  kind: 'question',
  place: { chatId },
  text,
  about,
  buttons: [
    { label: 'Retry', choice: 'retry' },
    { label: 'Drop', choice: 'drop' },
  ],
});
let asked = 0;

/** Sends a question as the outbox does, and resolves to what the chat shows. */
async function show(data: Question | Menu): Promise<ShownMessage> {
  const { pause } = createShortPause();
  const gate = createFloodGate(queues.redis, pause);
  const { log } = createTestLog();
  const outbox = createOutbox({
    ...queues,
    api: parts.api,
    journal: createSentJournal(queues.redis),
    questions,
    expectations: createExpectations(queues.redis),
    gate,
    pace: freePace,
    pause,
    log,
  });
  const lease = { isSure: () => true, whenSure: async () => undefined } as unknown as Lease;
  const taken = { data, addedAt: 1, startedBefore: false, takeOvers: 0, afterPause: false, chosen: undefined };
  const begin = async () => undefined;
  const context = { lease, signal: new AbortController().signal };
  const { chatId } = data.place;
  await outbox.handle(replyQueue(chatId).name, { id: `n-u-1-1-ask-${++asked}`, ...taken, begin }, context);
  const shown = parts.telegram.messages(chatId).at(-1);
  if (!shown) throw new Error('Nothing is shown');
  return shown;
}

const dataOf = (shown: ShownMessage, label: string) => shown.buttons.flat().find(({ text }) => text === label)?.data;
const pressOf = (shown: ShownMessage, label: string, more: Partial<Press> = {}): Press => {
  const { queryId } = parts.telegram.press({ from: ANN.id, messageId: shown.id, data: dataOf(shown, label) ?? '' });
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

/** Takes a press as an update of this id. */
async function press(pressed: Press, id = 'u-1-7', from = questions): Promise<void> {
  const choose: Queues['choose'] = async ({ jobId }, by) => {
    chosen.push({ jobId, by });
    return outcome;
  };
  const expectations = createExpectations(queues.redis);
  const perform = createPerformAct({ ...queues, questions: from, expectations, choose });
  const take = createPressButton({ questions: from, perform, api: parts.api, log: createTestLog().log });
  await take(pressed, id, async (text) => void typed.push(text));
}
const now = (shown: ShownMessage) => parts.telegram.messages(ANN.id).find(({ id }) => id === shown.id);
const answerTo = ({ queryId }: Press) => parts.telegram.answer(queryId)?.text;

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
    const before = parts.telegram.messages(ANN.id).length;
    const last = await show(question(`${'word '.repeat(1_500)}end`));
    const all = parts.telegram.messages(ANN.id).slice(before);
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
      { jobId: 'u-1-1', by: { choice: 'retry', questionId: expect.stringMatching(/^n-u-1-1-ask-\d+$/) } },
    ]);
    await expect.poll(() => now(shown)).toMatchObject({ text: 'Again?\n\n→ Retry (Ann)', buttons: [] });
    await expect.poll(() => answerTo(pressed)).toBe('Retry');
  });

  it('that comes a second time is the same; another one is told who was first, and changes nothing', async () => {
    const shown = await show(question('Again?'));
    const [first, second] = [pressOf(shown, 'Drop'), pressOf(shown, 'Retry', { userName: 'Bob' })];
    await press(first);
    await press(first);
    await press(second);
    expect(chosen.map(({ by }) => by.choice)).toEqual(['drop', 'drop']);
    await expect.poll(() => answerTo(second)).toBe('Ann has chosen “Drop” already.');
    await expect.poll(() => now(shown)?.text).toBe('Again?\n\n→ Drop (Ann)');
  });

  it('on what is over by now says so', async () => {
    const shown = await show(question('Again?'));
    outcome = 'gone';
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
    await press(pressOf(shown, 'Retry', { data: dataOf(shown, 'Retry')?.replace(/\d$/, '7') }));
    expect(chosen).toEqual([]);
  });

  it('rejects if Redis does not take it, so that it is taken later', async () => {
    const shown = await show(question('Again?'));
    const away = { ...questions, find: () => Promise.reject(new Error('Connection is closed.')) };
    await expect(press(pressOf(shown, 'Retry'), 'u-1-8', away)).rejects.toThrow('Connection is closed.');
  });
});

const menu = (rows: MenuButton[][], more: Partial<Menu> = {}): Menu => ({
  version: 3,
  kind: 'menu',
  place: { chatId: ANN.id },
  text: 'Which?',
  rows,
  once: true,
  ...more,
});
const session = { name: 'session-web', group: 'session.default' };
const answerButton = (label: string, questionId: string): MenuButton => ({
  label,
  act: { do: 'answer', queue: session, questionId, answer: label.toLowerCase() },
});

describe('a menu', () => {
  it('whose answer is waited for has it from the first press, and shows who chose what', async () => {
    await queues.signals.open(session.name, 'q-1');
    const shown = await show(menu([[answerButton('Allow', 'q-1')], [answerButton('Deny', 'q-1')]]));
    expect(shown.buttons.map((row) => row.map(({ text }) => text))).toEqual([['Allow'], ['Deny']]);
    await press(pressOf(shown, 'Deny'));
    expect(await queues.signals.close(session.name, 'q-1')).toMatchObject({ answer: 'deny', by: 'Ann' });
    await expect.poll(() => now(shown)).toMatchObject({ text: 'Which?\n\n→ Deny (Ann)', buttons: [] });
  });

  it('whose answer nobody waits for any more says so', async () => {
    const shown = await show(menu([[answerButton('Allow', 'q-2')]]));
    await press(pressOf(shown, 'Allow'));
    await expect.poll(() => now(shown)?.text).toMatch(/no longer possible/);
  });

  it('for one person takes nobody else’s press', async () => {
    await queues.signals.open(session.name, 'q-3');
    const shown = await show(menu([[answerButton('Allow', 'q-3')]], { userId: ANN.id }));
    const foreign = pressOf(shown, 'Allow', { userId: BOB.id });
    await press(foreign);
    await expect.poll(() => answerTo(foreign)).toBe('Only the person who was asked can answer this.');
    expect(await queues.signals.open(session.name, 'q-3')).toBeUndefined();
    expect(now(shown)?.buttons).toHaveLength(1);
  });

  it('with options to mark answers with those that are marked, in their order; a redelivered press marks once', async () => {
    await queues.signals.open(session.name, 'q-4');
    const tick = (value: string): MenuButton[] => [{ label: value, act: { do: 'tick', value } }];
    const done: MenuButton = { label: 'Done', act: { do: 'answer-ticked', queue: session, questionId: 'q-4' } };
    const shown = await show(menu([tick('Red'), tick('Green'), tick('Blue'), [done]]));
    const labels = () => now(shown)?.buttons.map(([button]) => button?.text);
    expect(labels()).toEqual(['☐ Red', '☐ Green', '☐ Blue', 'Done']);
    await press(pressOf(shown, '☐ Blue'), 'u-1-1');
    await press(pressOf(shown, '☐ Blue'), 'u-1-1');
    await press(pressOf(shown, '☐ Green'), 'u-1-2');
    await press(pressOf(shown, '☐ Red'), 'u-1-3');
    await press(pressOf(shown, '☐ Green'), 'u-1-4');
    await expect.poll(labels).toEqual(['☑ Red', '☐ Green', '☑ Blue', 'Done']);
    await press(pressOf(shown, 'Done'), 'u-1-5');
    expect(await queues.signals.close(session.name, 'q-4')).toMatchObject({ answer: 'Red, Blue' });
    await expect.poll(() => now(shown)?.text).toBe('Which?\n\n→ Red, Blue (Ann)');
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

describe('the word of a question', () => {
  it('is the same for the same bot and another for another', () => {
    const other = createQuestions(queues.redis, 'another secret');
    expect(questions.wordFor('n-1')).toBe(questions.wordFor('n-1'));
    expect(new Set([questions, other].flatMap((each) => ['n-1', 'n-2'].map(each.wordFor))).size).toBe(4);
    expect(readButtonData(`q:${questions.wordFor('n-1')}:2`)).toEqual({ word: questions.wordFor('n-1'), index: 2 });
  });
});
