import { describe, expect, it } from 'vitest';
import { beginningOf, shorten } from './cut.ts';
import { describeDuration } from './duration.ts';
import { fenced } from './fenced.ts';

describe('cutting', () => {
  it.each([
    ['short', 9, 'short', 'short'],
    ['exactly 9', 9, 'exactly 9', 'exactly 9'],
    ['too long for it', 9, 'too long ', 'too long…'],
    ['1234567😀', 8, '1234567', '1234567…'],
    ['123456😀9', 8, '123456😀', '123456…'],
    ['😀', 1, '', '…'],
  ])('%j to %i units leaves no half of a character', (text, most, beginning, shortened) => {
    expect([beginningOf(text, most), shorten(text, most)]).toEqual([beginning, shortened]);
  });
});

it('a fence is longer than any in the text', () => {
  expect(fenced('ls', 'sh')).toBe('```sh\nls\n```');
  expect(fenced('a ```` b')).toBe('`````\na ```` b\n`````');
});

it.each([
  [-5, '0 s'],
  [59_999, '59 s'],
  [3_600_000, '1 h'],
  [90_000_000, '1 d'],
])('%i ms is "%s"', (ms, words) => {
  expect(describeDuration(ms)).toBe(words);
});
