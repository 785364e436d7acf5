import { expect, it } from 'vitest';
import { tally } from './tally.ts';

it.each([
  [[2, 0, 3], '2 down, 3 up'],
  [[0, 0, 3], 'all 3 up'],
  [[0, 0, 1], '1 up'],
  [[0, 0, 0], ''],
])('counts of %j are shown as "%s"', ([down = 0, paused = 0, up = 0], shown) => {
  const counts = [
    [down, 'down'],
    [paused, 'paused'],
    [up, 'up'],
  ] as const;
  expect(tally(counts)).toBe(shown);
});
