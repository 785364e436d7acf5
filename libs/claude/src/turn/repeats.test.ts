import { expect, test } from 'vitest';
import { Repeats } from './repeats.ts';

test('a text that was said before the crash is taken once', () => {
  const repeats = new Repeats();
  repeats.continued(['A', 'B']);
  expect(['B', 'B', 'A', 'C'].map((text) => repeats.takes(text))).toEqual([true, false, true, false]);
});

test("after a tool's result, or without a crash, nothing is a repetition", () => {
  const repeats = new Repeats();
  expect(repeats.takes('A')).toBe(false);
  repeats.continued(['A']);
  repeats.stepEnded();
  expect(repeats.takes('A')).toBe(false);
});
