import { describe, expect, it } from 'vitest';
import { limitPauseMs, limitQuestion } from './usage-limit.ts';

const NOW = 1_700_000_000_000;

describe('a usage limit', () => {
  it.each([
    ['is to lift', 3_600_000, 3_601_000],
    ['should have lifted this moment', 0, 30_000],
    ['should have lifted a minute ago, by a clock that is ahead', -60_000, 30_000],
    ['should have lifted long ago', -600_000, undefined],
  ])('that %s is waited for accordingly', (_, leftMs, pauseMs) => {
    expect(limitPauseMs(NOW + leftMs, NOW)).toBe(pauseMs);
  });

  it('asks the same until it is answered, and another question after every answer', () => {
    const first = limitQuestion({ id: 'u-1-1', chosen: undefined }, NOW);
    const answered = (what: string) => ({ choice: 'continue' as const, questionId: `n-u-1-1-${what}` });
    expect(limitQuestion({ id: 'u-1-1', chosen: answered('ask-row') }, NOW)).toBe(first);
    const second = limitQuestion({ id: 'u-1-1', chosen: answered(first) }, NOW);
    const third = limitQuestion({ id: 'u-1-1', chosen: answered(second) }, NOW);
    expect(new Set([first, second, third]).size).toBe(3);
    expect(limitQuestion({ id: 'u-1-1', chosen: answered(second) }, NOW + 1_000)).toBe(`limit-${NOW + 1_000}`);
  });
});
