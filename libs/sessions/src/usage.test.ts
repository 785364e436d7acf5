import { describe, expect, it } from 'vitest';
import { addTurn, lastDays, newest, noUsage, sum, type TurnUse, type Usage } from './usage.ts';

const turn = (more: Partial<TurnUse> = {}): TurnUse => ({
  turns: 1,
  inputTokens: 100,
  outputTokens: 10,
  costUsd: 0.5,
  ...more,
});
const day = (date: string) => new Date(`${date}T12:00:00Z`);
const used = (dates: readonly string[]): Usage =>
  dates.reduce((usage, date) => addTurn(usage, turn(), day(date)), noUsage());

describe('usage', () => {
  it('is added up by day and in all', () => {
    const usage = used(['2026-01-01', '2026-01-02', '2026-01-02']);
    expect(usage.total).toEqual({ turns: 3, inputTokens: 300, outputTokens: 30, costUsd: 1.5 });
    expect(lastDays(usage, 1, day('2026-01-02')).turns).toBe(2);
    expect(lastDays(usage, 7, day('2026-01-08')).turns).toBe(2);
    expect(lastDays(usage, 7, day('2026-01-07')).turns).toBe(3);
    expect(lastDays(usage, 1, day('2026-01-03'))).toEqual(sum([]));
  });

  it('is kept for a month of days, however long the session lives', () => {
    const dates = Array.from({ length: 400 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10));
    const usage = used(dates);
    expect(Object.keys(usage.days)).toEqual(dates.slice(-31));
    expect(usage.total.turns).toBe(400);
  });

  it('keeps the context of the last turn that knew it', () => {
    const first = addTurn(noUsage(), turn({ context: { tokens: 5, window: 10 } }), day('2026-01-01'));
    expect(addTurn(first, turn(), day('2026-01-01')).context).toEqual({ tokens: 5, window: 10 });
  });

  it('keeps of each kind of limit the one that was seen last, and few kinds', () => {
    const limit = (kind: string, seenAt: number) => ({ kind, status: 'allowed', seenAt });
    expect(newest([limit('a', 2), limit('b', 1), limit('a', 1)])).toEqual([limit('b', 1), limit('a', 2)]);
    expect(newest(Array.from({ length: 50 }, (_, i) => limit(`kind-${i}`, i)))).toHaveLength(8);
  });
});
