import type { LiveFrame, Todo } from '@signalbox/contracts';
import { describe, expect, it } from 'vitest';
import { composeView, isBare } from './compose-view.ts';

const frame = (more: Partial<LiveFrame>): LiveFrame => ({
  place: { chatId: 7 },
  session: 'web',
  turn: 'u-1-1',
  state: 'working',
  ...more,
});
const textOf = (more: Partial<LiveFrame>) => composeView(frame(more)).text;
const todos = (...states: Todo['state'][]): Todo[] => states.map((state, index) => ({ text: `Do ${index}`, state }));
const tool = { name: 'Edit', input: { file_path: 'src/app.ts' } };

describe('a view', () => {
  it('has what Claude writes, then what is to do, then the tool and the time', () => {
    expect(
      composeView(frame({ text: '**Hi', tool, todos: todos('done', 'running', 'waiting'), runningMs: 80_400 })),
    ).toEqual({
      text: '**Hi\n\n✅ Do 0\n▶️ Do 1\n◻️ Do 2\n⚙️ Editing app.ts… · 1 min 20 s',
      entities: [],
    });
  });

  it('is formatted as far as its Markdown is closed', () => {
    expect(composeView(frame({ text: '**a** `b' })).entities).toEqual([{ type: 'bold', offset: 0, length: 1 }]);
  });

  it('says nothing at first, and later that Claude is thinking', () => {
    expect(textOf({ runningMs: 9_999 })).toBe('');
    expect(textOf({ runningMs: 10_000 })).toBe('💭 Thinking… · 10 s');
    expect(textOf({ runningMs: 20_000, text: 'x' })).toBe('x\n\n⏱ 20 s');
    expect([isBare(frame({ runningMs: 99 })), isBare(frame({ text: 'x' }))]).toEqual([true, false]);
  });

  it('names what holds the turn up in the place of a tool, which does not run then', () => {
    expect(textOf({ tool, heldUpBy: 'answer', runningMs: 80_000 })).toBe('✋ Waiting for your answer');
    expect(textOf({ tool, heldUpBy: 'retry', runningMs: 80_000 })).toBe(
      '⏳ The model gave no answer: it is asked again · 1 min 20 s',
    );
    expect(textOf({ heldUpBy: 'compaction' })).toBe('🗜 The conversation is summed up');
    expect(isBare(frame({ heldUpBy: 'answer' }))).toBe(false);
  });

  it('shows a long list in a few lines', () => {
    const long = todos(...Array<Todo['state']>(9).fill('done'), 'running', ...Array<Todo['state']>(20).fill('waiting'));
    const lines = textOf({ todos: long }).split('\n');
    expect(lines).toHaveLength(8);
    expect([lines[0], lines[1], lines.at(-1)]).toEqual(['✅ 9 done', '▶️ Do 9', '… and 15 more']);
    expect(textOf({ todos: todos(...Array<Todo['state']>(9).fill('done')) })).toBe('✅ 9 done');
  });

  it('fits one message, whatever its text becomes when it is formatted', () => {
    const table = `|a|b|\n|-|-|\n${`|x|${'long '.repeat(12)}|\n`.repeat(60)}`;
    for (const text of ['word '.repeat(600), table.slice(0, 3_000), '😀'.repeat(1_500)]) {
      const view = composeView(frame({ text, tool, todos: todos('running') }));
      expect(view.text.length).toBeLessThanOrEqual(4_096);
      expect(view.text).toMatch(/\n\n▶️ Do 0\n⚙️ Editing app\.ts…$/);
    }
  });
});
