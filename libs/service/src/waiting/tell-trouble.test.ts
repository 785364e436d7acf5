import { expect, it } from 'vitest';
import { createTrouble } from './tell-trouble.ts';

function start() {
  let at = 0;
  const told: string[] = [];
  const trouble = createTrouble<'a' | 'b'>(
    {
      trouble: (kind, details, ms) => told.push(`${kind} ${details} ${ms / 60_000}`),
      over: (kind, ms) => told.push(`${kind} over ${ms / 60_000}`),
    },
    () => at,
  );
  const meet = (minutes: number, kind: 'a' | 'b' = 'a') => {
    at = minutes * 60_000;
    trouble.met(kind, 'x');
  };
  return { trouble, told, meet };
}

it('a trouble that lasts is told once, then at growing intervals, an hour apart at most', () => {
  const { trouble, told, meet } = start();
  for (let minute = 0; minute <= 300; minute += 0.25) meet(minute);
  const minutes = told.map((line) => Number(line.split(' ')[2]));
  expect(minutes).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
  expect(trouble.current).toMatchObject({ kind: 'a', since: 0 });
});

it('another trouble is told at once, and the end of it once', () => {
  const { trouble, told, meet } = start();
  trouble.over();
  meet(1);
  meet(1.5, 'b');
  trouble.over();
  trouble.over();
  expect(told).toEqual(['a x 0', 'b x 0.5', 'b over 0.5']);
  expect(trouble.current).toBeUndefined();
  meet(2);
  expect(told.at(-1)).toBe('a x 0');
  trouble.forget();
  trouble.over();
  expect(told).toHaveLength(4);
});
