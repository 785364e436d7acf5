import { expect, it } from 'vitest';
import { oneLine } from './one-line.ts';
import { showAge, showSpan } from './show-age.ts';
import { showBytes, showPercent } from './show-amount.ts';
import { summarize } from './summarize.ts';

const HOUR = 3_600_000;

it.each([
  [30_000, '< 1 min'],
  [119 * 60_000, '119 min'],
  [47 * HOUR, '47 h'],
  [9 * 24 * HOUR, '9 d'],
  [1000 * 24 * HOUR, '2.7 y'],
])('a span of %i ms is shown as "%s"', (ms, shown) => {
  expect(showSpan(ms)).toBe(shown);
});

it('what is just over, or of a clock that is ahead, is "just now"', () => {
  expect([showAge(0, 59_000), showAge(HOUR, 0), showAge(0, 3 * HOUR)]).toEqual(['just now', 'just now', '3 h ago']);
});

it.each([
  [0, '0 B'],
  [1536, '1.5 KiB'],
  [480_036_519_936, '447 GiB'],
  [3_998_639_849_472, '3.6 TiB'],
])('%i bytes are shown as "%s"', (bytes, shown) => {
  expect(showBytes(bytes)).toBe(shown);
});

it('a share is shown as full only when it is', () => {
  expect([0, 0.859, 0.999, 1].map(showPercent)).toEqual(['0 %', '86 %', '99 %', '100 %']);
});

it('what a service wrote is shown as one line, cut at its length', () => {
  expect([oneLine(' a\n\tb\u0007c '), oneLine('abcdef', 4)]).toEqual(['a b c', 'abc…']);
});

it('a report is summed up by its title, or by its worst line and how many more are not well', () => {
  const line = { text: 'up 3 d' };
  const bad = { level: 'error', text: 'nas is down' } as const;
  expect(summarize('PBS', { level: 'ok', title: 'PBS: all well', lines: [line] })).toBe('PBS: all well');
  expect(summarize('PBS', { level: 'error', title: '', lines: [bad, bad, line] })).toBe('PBS: nas is down (+1)');
});
