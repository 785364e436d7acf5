import { describe, expect, it } from 'vitest';
import { shortName } from './short-name.ts';
import { span } from './span.ts';
import { tally } from './tally.ts';

describe('a length of time', () => {
  it.each([
    [-5, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_600_000, '1 h'],
    [47 * 3_600_000, '47 h'],
    [48 * 3_600_000, '2 d'],
  ])('of %i ms is “%s”', (ms, said) => expect(span(ms)).toBe(said));
});

describe('a tally', () => {
  it.each([
    [[2, 0, 3], '2 down, 3 up'],
    [[0, 0, 3], 'all 3 up'],
    [[0, 0, 1], '1 up'],
    [[0, 0, 0], ''],
  ])('of %j is “%s”', ([down = 0, paused = 0, up = 0], said) =>
    expect(
      tally([
        [down, 'down'],
        [paused, 'paused'],
        [up, 'up'],
      ]),
    ).toBe(said),
  );
});

describe('a name', () => {
  it('too long for a phone is cut, and stands on one line', () => {
    expect(shortName(' a\nb\u0000\tc ')).toBe('a b c');
    expect(shortName('🚂'.repeat(21))).toBe(`${'🚂'.repeat(19)}…`);
    expect(shortName('🚂'.repeat(20))).toBe('🚂'.repeat(20));
  });
});
