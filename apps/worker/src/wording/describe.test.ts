import { describe, expect, it } from 'vitest';
import { briefInput } from './brief-input.ts';
import { describeSessions, type ListedSession } from './describe-sessions.ts';

describe('the list of sessions', () => {
  const session = (name: string, more: Partial<ListedSession> = {}): ListedSession => ({
    name,
    persona: 'default',
    pool: 'default',
    status: 'idle',
    lastUsedAt: 0,
    waiting: 0,
    ...more,
  });
  const context = { active: 'web', now: 120_000, pool: 'default', served: new Set(['default']), all: false };
  const commands = (shown: ReturnType<typeof describeSessions>) =>
    shown.kind === 'menu' ? shown.rows.flat().map(({ act }) => 'text' in act && act.text) : [];

  it('without any says how to start one', () => {
    expect(describeSessions([], context)).toEqual({
      kind: 'text',
      text: 'No sessions yet. Use /new <name> to start one.',
    });
  });

  it('has the last used first, this place’s marked, with what waits and where it lives', () => {
    const list = describeSessions(
      [
        session('old', { status: 'suspended', pool: 'nas' }),
        session('web', { status: 'active', lastUsedAt: 90_000, persona: 'planner', waiting: 2 }),
      ],
      context,
    );
    expect(commands(list)).toEqual(['/session old']);
    expect(list.text.split('\n')).toEqual([
      '🟢 web ◀ here',
      'planner · active · 30 s ago · 2 in the queue',
      '💤 old',
      'default · suspended · 2 min ago · @nas · no worker',
      '',
      'Use /session <name> to switch.',
    ]);
  });

  it('counts the archived ones, and lists them only when asked to', () => {
    const sessions = [session('web'), session('my_old', { archived: true })];
    const few = describeSessions(sessions, context);
    expect(few.text).toMatch(/^⚪ web ◀ here\n.*\n\nUse .*\n1 archived: \/sessions all$/);
    const all = describeSessions(sessions, { ...context, all: true });
    expect(all.text).toContain('📦 my_old\ndefault · archived');
    expect(commands(all)).toEqual(['/restore my_old']);
  });

  it('leaves the list that it was given as it was', () => {
    const given = [session('a'), session('b', { lastUsedAt: 1 })];
    describeSessions(given, context);
    expect(given.map(({ name }) => name)).toEqual(['a', 'b']);
  });
});

describe('a tool’s input for the live view', () => {
  it('has its plain values, long ones cut and nested ones left out', () => {
    const input = { path: 'x'.repeat(500), line: 3, all: true, nested: { deep: 1 }, list: [1], none: null };
    expect(briefInput(input, (text) => text)).toEqual({ path: `${'x'.repeat(199)}…`, line: 3, all: true });
  });

  it('has few of very many', () => {
    const input = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`k${i}`, i]));
    expect(Object.keys(briefInput(input, (text) => text)).length).toBeLessThanOrEqual(12);
  });
});
