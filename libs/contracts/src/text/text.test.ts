import { describe, expect, it } from 'vitest';
import { beginningOf, endOf, shorten } from './cut.ts';
import { describeDuration, describeElapsed } from './duration.ts';
import { fenced } from './fenced.ts';
import { describeSize } from './size.ts';

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

  it.each([
    ['short', 9, 'short'],
    ['too long for it', 6, 'for it'],
    ['1😀23', 3, '23'],
    ['1😀23', 4, '😀23'],
    ['any', 0, ''],
  ])('the end of %j, %i units, leaves no half of a character', (text, most, end) => {
    expect(endOf(text, most)).toBe(end);
  });
});

it('a fence is longer than any in the text', () => {
  expect(fenced('ls', 'sh')).toBe('```sh\nls\n```');
  expect(fenced('a ```` b')).toBe('`````\na ```` b\n`````');
});

it.each([
  [-5, '0 s'],
  [0, '0 s'],
  [999, '0 s'],
  [59_999, '59 s'],
  [900_500, '15 min'],
  [3_599_999, '59 min'],
  [3_600_000, '1 h'],
  [86_399_999, '23 h'],
  [90_000_000, '1 d'],
  [40_000_000_000, '462 d'],
])('%i ms is "%s"', (ms, words) => {
  expect(describeDuration(ms)).toBe(words);
});

it.each([
  [0, undefined],
  [9_999, undefined],
  [59_999, '50 s'],
  [60_000, '1 min'],
  [599_000, '9 min 50 s'],
  [754_000, '12 min'],
  [3_700_000, '1 h 1 min'],
  [3_600_000, '1 h 0 min'],
  [90_061_000, '25 h 1 min'],
])('what has run for %i ms has done so for "%s"', (ms, words) => {
  expect(describeElapsed(ms)).toBe(words);
});

it.each([
  [20_971_520, '20 MB'],
  [26_000_000, '24.7 MB'],
  [1_024, '1.0 KB'],
])('%i bytes are "%s"', (bytes, words) => {
  expect(describeSize(bytes)).toBe(words);
});
