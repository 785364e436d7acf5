import { describe, expect, it } from 'vitest';
import { foldProblems, isQuietAt, type News, type Problems, problemKey } from './fold-problems.ts';

const DOWN = { 'kuma: nas': 'nas is down' };
const NOTHING = {};

/** Looks once a minute, and says what was news at which look. */
function watch(looks: readonly Readonly<Record<string, string>>[], quietUntil = 0): (News & { at: number })[] {
  let problems: Problems = {};
  const told: (News & { at: number })[] = [];
  for (const [at, found] of looks.entries()) {
    const folded = foldProblems(problems, found, { now: at * 60_000, steadyMs: 120_000, isQuiet: at < quietUntil });
    problems = JSON.parse(JSON.stringify(folded.problems));
    const { worse, well } = folded.news;
    if (worse.length + well.length > 0) told.push({ at, worse, well });
  }
  return told;
}

describe('a problem', () => {
  it('is told once when it has lasted, and its end once when that has', () => {
    expect(watch([DOWN, DOWN, DOWN, DOWN, NOTHING, NOTHING, NOTHING, NOTHING])).toEqual([
      { at: 2, worse: ['nas is down'], well: [] },
      { at: 6, worse: [], well: ['nas is down'] },
    ]);
  });

  it('that is over before it lasted is never told', () => {
    expect(watch([DOWN, DOWN, NOTHING, NOTHING, NOTHING, NOTHING])).toEqual([]);
  });

  it('that comes and goes is told once', () => {
    const flapping = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? NOTHING : DOWN));
    expect(watch([DOWN, DOWN, DOWN, ...flapping])).toEqual([{ at: 2, worse: ['nas is down'], well: [] }]);
  });

  it('beside another is told by itself', () => {
    const both = { ...DOWN, 'pbs: full': 'the datastore is full' };
    expect(watch([DOWN, DOWN, both, both, both])).toEqual([
      { at: 2, worse: ['nas is down'], well: [] },
      { at: 4, worse: ['the datastore is full'], well: [] },
    ]);
  });

  it('while it is quiet is told afterwards, if it is still there', () => {
    expect(watch([DOWN, DOWN, DOWN, DOWN, DOWN, DOWN], 5)).toEqual([{ at: 5, worse: ['nas is down'], well: [] }]);
    expect(watch([DOWN, DOWN, DOWN, NOTHING, NOTHING, NOTHING, NOTHING], 3)).toEqual([]);
  });
});

it('a line is about the same whatever its figures and ages are', () => {
  expect(problemKey('kuma', 'nas: down for 3 min')).toBe(problemKey('kuma', 'nas: down for 14 h'));
  expect(problemKey('pbs', 'main 91.5 % full')).toBe(problemKey('pbs', 'main 92 % full'));
  expect(problemKey('kuma', 'nas: down')).not.toBe(problemKey('kuma', 'npm: down'));
});

describe('quiet hours', () => {
  it.each([
    ['22:00-07:00', 23 * 60, true],
    ['22:00-07:00', 6 * 60 + 59, true],
    ['22:00-07:00', 7 * 60, false],
    ['12:00-13:30', 13 * 60, true],
    ['12:00-13:30', 14 * 60, false],
    [undefined, 0, false],
  ])('%s at minute %d: %s', (hours, minutes, expected) => {
    expect(isQuietAt(minutes, hours)).toBe(expected);
  });
});
