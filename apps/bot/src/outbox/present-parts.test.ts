import type { Reply } from '@signalbox/contracts';
import { describe, expect, it } from 'vitest';
import { plainText } from '../rendering/text/formatted-text.ts';
import { markResent, type Part, plainer, RESENT_MARK } from './part.ts';
import { partsAnyway, partsOf } from './present-parts.ts';

const reply = (kind: 'text' | 'markdown', text: string): Reply => ({
  version: 1,
  kind,
  place: { chatId: 7 },
  text,
});
const textOf = (part: Part | undefined) => (part?.kind === 'message' ? part.message.text : part?.caption.text);

describe('the parts of a reply', () => {
  it('that is plain text are shown as it stands', () => {
    expect(partsOf(reply('text', '**not bold** <b>x</b>'))).toEqual([
      { kind: 'message', message: { text: '**not bold** <b>x</b>', entities: [] } },
    ]);
  });

  it('that is Markdown are formatted, and a very long one is a file', () => {
    expect(partsOf(reply('markdown', '**b**'))).toMatchObject([
      { message: { text: 'b', entities: [{ type: 'bold' }] } },
    ]);
    expect(partsOf(reply('markdown', 'word\n\n'.repeat(9_000)))).toMatchObject([{ kind: 'file', name: 'answer.md' }]);
  });

  it('that shows tools has all of it behind it as a file, if some was cut', () => {
    const calls = [{ name: 'Bash', input: {}, detail: 'ls', output: 'a…', isError: false }];
    const tools: Reply = { version: 1, kind: 'tools', place: { chatId: 7 }, text: 'Bash', calls };
    expect(partsOf(tools)).toMatchObject([{ kind: 'message' }]);
    const attachment = { name: 'tools.txt', content: 'ab' };
    expect(partsOf({ ...tools, attachment })).toMatchObject([{ kind: 'message' }, { kind: 'file', ...attachment }]);
  });

  it('are the same each time: the journal knows them by number', () => {
    const long = reply('markdown', Array.from({ length: 900 }, (_, i) => `- item ${i}`).join('\n'));
    expect(partsOf(long)).toEqual(partsOf(long));
    expect(partsOf(long).length).toBeGreaterThan(1);
  });
});

describe('the mark of a part that may have been shown', () => {
  it('stands before it and leaves its formatting where it was', () => {
    const [part] = partsOf(reply('markdown', 'a **b**'));
    const [marked] = part ? markResent(part) : [];
    if (marked?.kind !== 'message') throw new Error('expected a message');
    const { text, entities } = marked.message;
    expect(text).toBe(`${RESENT_MARK}\na b`);
    expect(entities.map(({ offset, length }) => text.slice(offset, offset + length))).toEqual(['b']);
  });

  it('makes two messages of one that is full', () => {
    const [part] = partsOf(reply('text', 'x'.repeat(4_096)));
    const marked = part ? markResent(part) : [];
    expect(marked).toHaveLength(2);
    expect(marked.map(textOf).join('').replace(/\s/g, '')).toBe(
      `${RESENT_MARK}${'x'.repeat(4_096)}`.replace(/\s/g, ''),
    );
  });

  it('fits the caption of a file', () => {
    const [part] = partsOf(reply('markdown', 'word '.repeat(9_000)));
    const [marked] = part ? markResent(part) : [];
    expect(textOf(marked)).toMatch(/^\(resent after restart\)\nword/);
    expect(textOf(marked)?.length).toBeLessThanOrEqual(1_024);
  });
});

it('a plainer part loses its formatting first, then becomes a file, and ends there', () => {
  const [part] = partsOf(reply('markdown', '**b**'));
  const plain = part && plainer(part);
  expect(plain).toEqual({ kind: 'message', message: { text: 'b', entities: [] } });
  const file = plain && plainer(plain);
  expect(file).toMatchObject({ kind: 'file', content: 'b' });
  expect(file && plainer(file)).toBeUndefined();
});

it('a text file that is refused becomes words that say why, with its beginning, and then ends as any message', () => {
  const file: Part = { kind: 'file', name: 'answer.md', content: 'x'.repeat(9_000), caption: plainText('The answer') };
  const message = plainer(file, 'not enough rights to send documents');
  expect(message).toMatchObject({ kind: 'message', message: { entities: [] } });
  const { text } = (message as Extract<Part, { kind: 'message' }>).message;
  expect(text).toMatch(/^The answer\n\n⚠️ answer\.md could not be shown: .*not enough rights.*\n\nx{3000,}/);
  expect(text.length).toBeLessThanOrEqual(4_096);
  const last = message && plainer(message);
  expect(last).toMatchObject({ kind: 'file', name: 'message.txt' });
  expect(last && plainer(last)).toBeUndefined();
});

it('a reply that cannot be rendered is shown as it is, and the bug is told', () => {
  const bugs: unknown[] = [];
  const broken = { version: 1, kind: 'report', place: { chatId: 1 }, text: 'Status', report: undefined } as never;
  expect(partsAnyway(broken, (bug) => bugs.push(bug))).toEqual([{ kind: 'message', message: plainText('Status') }]);
  expect(bugs).toEqual([expect.any(TypeError)]);
});
