import type { TurnEvent } from '@signalbox/claude';
import type { OutputMode, ToolCall } from '@signalbox/contracts';
import { describe, expect, it } from 'vitest';
import { createOutput } from './create-output.ts';

const place = { chatId: 7 };
const answersTo = async () => undefined;

/** What Claude does in a turn, written short: a capital letter is a text, `(ab)` are tools that are used side by side, `?` is a question. */
function eventsOf(turn: string): TurnEvent[] {
  const events: TurnEvent[] = [];
  let texts = 0;
  let tools = 0;
  for (const [, text, question, used = ''] of turn.matchAll(/([A-Z])|(\?)|\((\w+)\)/g)) {
    if (text) {
      events.push({ type: 'said', rowUuid: text, text, toolsBefore: tools });
      texts += 1;
      continue;
    }
    if (question) events.push({ type: 'request-opened', id: '1' }, { type: 'request-closed', id: '1' });
    for (const id of used)
      events.push({ type: 'tool-started', id, name: 'Bash', input: { command: id }, textsBefore: texts });
    for (const id of used) events.push({ type: 'tool-ended', id, isError: false, content: `of ${id}` });
    tools += used.length;
  }
  return events;
}

/** What a turn shows: texts by their letters, tools that are shown together in brackets. */
async function shownOf(mode: OutputMode, events: readonly TurnEvent[], ends = true): Promise<string> {
  const shown: string[] = [];
  const rows = new Set<string>();
  const publisher = {
    async said(_place: object, row: string, text: string, options?: { shorten: boolean }) {
      if (rows.has(row)) return;
      rows.add(row);
      shown.push(options?.shorten ? `${text}~` : text);
    },
    tools: async (_place: object, first: string, calls: ToolCall[]) => {
      expect(calls.map(({ detail }) => detail)[0]).toBe(first);
      const mark = calls.every(({ bySubagent }) => bySubagent) ? '*' : '';
      shown.push(`(${mark}${calls.map(({ detail }) => detail).join('')})`);
    },
  };
  const output = createOutput(mode, { place, publisher, answersTo, redactBeginning: (text) => text });
  for (const event of events) await output.take(event);
  if (ends) await output.finish();
  return shown.join('');
}

describe('the output of a turn', () => {
  it.each<[OutputMode, string, string]>([
    ['quiet', 'A(a)B(bc)CD', 'CD'],
    ['quiet', 'A', 'A'],
    ['quiet', 'A(a)', 'A'],
    ['quiet', 'A(a)BC?(b)D', 'BCD'],
    ['normal', 'A?(a)B', 'AB'],
    ['normal', 'A(a)B(bc)C', 'ABC'],
    ['smart', 'A(a)B', 'A~B~'],
    ['verbose', 'A(a)B(bc)C', 'A(a)B(b)(c)C'],
    ['verbose', '(a)(b)(c)(d)(e)(f)(g)(h)(i)Z', '(a)(b)(cd)(efgh)(i)Z'],
    ['verbose', '(ab)', '(a)(b)'],
  ])('in mode %s of %s is %s', async (mode, turn, shown) => {
    expect(await shownOf(mode, eventsOf(turn))).toBe(shown);
  });

  it('in mode verbose is few messages for many tools, also with a text before each', async () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789_'];
    const silent = letters.map((id) => `(${id})`).join('');
    const chatty = letters.map((id) => `(${id})T`).join('');
    const groups = async (turn: string) => (await shownOf('verbose', eventsOf(turn))).match(/\(/g)?.length;
    expect(await groups(silent)).toBeLessThanOrEqual(9);
    expect(await groups(chatty)).toBeLessThanOrEqual(17);
  });

  it('in mode verbose has the same groups whenever its words arrive, and a tool that is late holds up its group alone', async () => {
    const [startA, endA, said, startB, endB] = eventsOf('(a)A(b)') as [
      TurnEvent,
      TurnEvent,
      TurnEvent,
      TurnEvent,
      TurnEvent,
    ];
    expect(await shownOf('verbose', [startA, endA, startB, endB, said], false)).toBe('(a)A(b)');
    expect(await shownOf('verbose', [startA, endA, startB, said, endB], false)).toBe('(a)A(b)');
    expect(await shownOf('verbose', eventsOf('(a)(b)(c)(d)').slice(0, -1), false)).toBe('(a)(b)');
  });

  it('in mode verbose has the tools of each subagent apart and marked, before the tool that began it', async () => {
    const inner = (id: string, parentId: string): [TurnEvent, TurnEvent] => [
      { type: 'tool-started', id, name: 'Bash', input: { command: id }, textsBefore: 1, parentId },
      { type: 'tool-ended', id, isError: false, content: '', parentId },
    ];
    const [said, startA, startB, endA, endB] = eventsOf('A(ab)') as [
      TurnEvent,
      TurnEvent,
      TurnEvent,
      TurnEvent,
      TurnEvent,
    ];
    const [[startX, endX], [startY, endY], [startV, endV], [startW]] = [
      inner('x', 'a'),
      inner('y', 'b'),
      inner('v', 'a'),
      inner('w', 'a'),
    ] as const;
    const begun = [said, startA, startB, startX, startY, endY, endX];
    expect(await shownOf('verbose', [...begun, startV, endV, startW, endA, endB])).toBe('A(*y)(*x)(*v)(*w)(a)(b)');
    expect(await shownOf('normal', [...begun, endA, endB])).toBe('A');
  });

  it('knows whether anything was said', async () => {
    for (const mode of ['quiet', 'normal', 'verbose', 'smart'] as const) {
      const publisher = { said: async () => undefined, tools: async () => undefined };
      const output = createOutput(mode, { place, publisher, answersTo, redactBeginning: (text) => text });
      await output.take({ type: 'said', rowUuid: 'r', text: ' ', toolsBefore: 0 });
      expect(output.hasSpoken).toBe(false);
      await output.take({ type: 'said', rowUuid: 'r', text: 'A', toolsBefore: 0 });
      expect(output.hasSpoken).toBe(true);
    }
  });
});
