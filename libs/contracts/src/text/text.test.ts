import { describe, expect, it } from 'vitest';
import { beginningOf, endOf, shorten } from './cut.ts';
import { describeDuration, describeElapsed } from './duration.ts';
import { fenced } from './fenced.ts';
import { plainOutput } from './plain-output.ts';
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

it.each([
  ['colours', '\u001b[1;31mred\u001b[0m \u001b[38;2;1;2;3mx\u001b[m\u001b(B', 'red x'],
  ['what moves the cursor or clears', '\u001b[2K\u001b[1Ga\u001b[?25lb\u001b[H', 'ab'],
  ['a link and a title', '\u001b]8;;https://a.example\u0007a\u001b]8;;\u0007 \u001b]0;my shell\u0007b', 'a b'],
  ['a sequence that was cut off', 'done\u001b[38;5', 'done'],
  ['an address that was cut off', 'see \u001b]8;;https://a.exam', 'see '],
  ['progress in one line', '10 %\r20 %\r\nend', '10 %\n20 %\nend'],
  ['a page of a manual', 'N\bNA\bAM\bME\bE _\bx', 'NAME x'],
  ['bells, NULs and other controls', 'a\u0007\0\0b\u0085\u007f\tc\n', 'ab\tc\n'],
  ['text that looks like one', 'a[31m [x] b', 'a[31m [x] b'],
])('%s leave nothing but the text', (_what, printed, text) => {
  expect(plainOutput(printed)).toBe(text);
});
