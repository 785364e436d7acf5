import { describe, expect, it } from 'vitest';
import { foldProblems, isQuietAt, type Look, type Problems, type Trouble } from './fold-problems.ts';

const DOWN: Look['found'] = { nas: { level: 'error', text: 'nas is down' } };
const NOTHING: Look['found'] = {};
/** A look that learns nothing of what it does not find. */
const BLIND = 'blind' as const;

const MINUTE_MS = 60_000;

/** The minutes at which it is looked, and the looks that are the first of a watch which has just begun. */
interface Pace {
  minuteOf(at: number): number;
  isFirst(at: number): boolean;
}

/** Looks once a minute unless told otherwise, and says what was news at which look. What lasts two minutes is news. */
function watch(
  looks: readonly (Look['found'] | typeof BLIND)[],
  { quietUntil = 0, minuteOf = (at) => at, isFirst = (at) => at === 0 }: Partial<Pace> & { quietUntil?: number } = {},
) {
  let problems: Problems = {};
  const told: string[] = [];
  const marks: string[] = [];
  for (const [at, found] of looks.entries()) {
    const look: Look = found === BLIND ? { found: {}, isHidden: () => true } : { found, isHidden: () => false };
    const now = minuteOf(at) * MINUTE_MS;
    const times = { now, steadyMs: 2 * MINUTE_MS, isFirst: isFirst(at), isQuiet: at < quietUntil };
    const folded = foldProblems(problems, look, times);
    problems = JSON.parse(JSON.stringify(folded.problems));
    told.push(...folded.news.map(({ level, text }) => `${at} ${level}: ${text}`));
    marks.push(...folded.news.map(({ mark }) => mark));
  }
  return { told, marks, problems };
}

const times = <T>(count: number, look: T) => Array.from({ length: count }, () => look);

describe('a problem', () => {
  it('is told once when it has lasted, and its end once when that has', () => {
    expect(watch([...times(4, DOWN), ...times(4, NOTHING)]).told).toEqual([
      '2 error: nas is down',
      '6 ok: nas is down',
    ]);
  });

  it('that is over before it lasted is never told, and forgotten', () => {
    const { told, problems } = watch([...times(2, DOWN), ...times(4, NOTHING)]);
    expect({ told, problems }).toEqual({ told: [], problems: {} });
  });

  it('that comes and goes faster than anything lasts is told once all the same', () => {
    const flapping = Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? NOTHING : DOWN));
    expect(watch([DOWN, ...flapping]).told).toEqual(['2 error: nas is down (it comes and goes)']);
    expect(watch([...times(3, DOWN), ...flapping]).told).toEqual(['2 error: nas is down']);
  });

  it('that comes and goes slowly is told, and its end only when it has been calm for long', () => {
    const slowly = Array.from({ length: 40 }, (_, at) => (at % 10 < 5 ? DOWN : NOTHING));
    const { told } = watch([...slowly, ...times(120, NOTHING)]);
    expect(told).toEqual([
      '2 error: nas is down',
      '7 ok: nas is down',
      '12 error: nas is down (it comes and goes)',
      '95 ok: nas is down',
    ]);
  });

  it('that comes back the next day is told anew, with names of its own', () => {
    const day = [...times(4, DOWN), ...times(1_500, NOTHING)];
    const { told, marks } = watch([...day, ...day]);
    expect(told).toEqual([
      '2 error: nas is down',
      '6 ok: nas is down',
      '1506 error: nas is down',
      '1510 ok: nas is down',
    ]);
    expect(new Set(marks).size).toBe(4);
  });

  it('beside another is told by itself, and so is its end', () => {
    const both = { ...DOWN, pbs: { level: 'warn', text: 'the datastore is full' } as Trouble };
    expect(watch([...times(2, DOWN), ...times(3, both), ...times(3, DOWN), ...times(3, NOTHING)]).told).toEqual([
      '2 error: nas is down',
      '4 warn: the datastore is full',
      '7 ok: the datastore is full',
      '10 ok: nas is down',
    ]);
  });

  it('that gets worse is told again; that it is less bad is no news', () => {
    const at = (level: Trouble['level'], text: string) => ({ nas: { level, text } });
    const looks = [...times(3, at('warn', '90 %')), ...times(3, at('error', '96 %')), ...times(3, at('warn', '94 %'))];
    expect(watch(looks).told).toEqual(['2 warn: 90 %', '3 error: 96 %']);
  });

  it('of which nothing can be learnt stays as it was', () => {
    expect(watch([...times(3, DOWN), ...times<typeof BLIND>(9, BLIND), ...times(3, DOWN)]).told).toEqual([
      '2 error: nas is down',
    ]);
  });

  it('while it is quiet is told afterwards, if it is still there', () => {
    expect(watch(times(6, DOWN), { quietUntil: 5 }).told).toEqual(['5 error: nas is down']);
    expect(watch([...times(3, DOWN), ...times(4, NOTHING)], { quietUntil: 3 }).told).toEqual([]);
  });
});

describe('however slow the looks are', () => {
  /** Down in two looks, which is told, then up and down from one look to the next. */
  const flapping = [DOWN, DOWN, ...Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? NOTHING : DOWN))];
  const once = ['1 error: nas is down'];
  const seldom = { minuteOf: (at: number) => at * 500 };

  it('what comes and goes from look to look is told once', () => {
    expect(watch(flapping, seldom).told).toEqual(once);
    // Three in three minutes, and the next ones hours later.
    const inBursts = { minuteOf: (at: number) => at + 300 * Math.floor(at / 3) };
    expect(watch([DOWN, ...flapping], inBursts).told).toEqual(['2 error: nas is down']);
  });

  it.each([2, 3, 7])(
    'what is up before and after a break in the watch, each %d looks, is not taken for calm',
    (every) => {
      // A break swallows a look: what was up before it is up behind it, and nobody knows of what was between.
      const isBreak = (at: number) => at > 2 && at % every === 0;
      const looks = flapping.flatMap((found, at) => (isBreak(at) ? [found, found] : [found]));
      const firsts = new Set<number>();
      for (const [at] of flapping.entries()) if (isBreak(at)) firsts.add(at + firsts.size + 1);
      const pace = { minuteOf: (at: number) => at * 90, isFirst: (at: number) => at === 0 || firsts.has(at) };
      expect(watch(looks, pace).told).toEqual(once);
    },
  );

  it('a break of days is no calm, and what holds behind it is told once it was looked at twice', () => {
    const pace = {
      minuteOf: (at: number) => 3 * (at < 3 ? at : at + 10_000),
      isFirst: (at: number) => at === 0 || at === 3,
    };
    expect(watch([...times(2, DOWN), ...times(3, NOTHING)], pace).told).toEqual([...once, '4 ok: nas is down']);
  });

  it('an end is told after as many looks as ever, and one that could not look does not count', () => {
    expect(watch([DOWN, DOWN, NOTHING, NOTHING], seldom).told).toEqual([...once, '3 ok: nas is down']);
    const slowly = [DOWN, DOWN, NOTHING, DOWN, ...times(5, NOTHING), ...times<typeof BLIND>(20, BLIND)];
    expect(watch([...slowly, ...times(5, NOTHING)], seldom).told).toEqual(once);
    expect(watch([...slowly, ...times(6, NOTHING)], seldom).told).toEqual([...once, '34 ok: nas is down']);
  });

  it('what comes back after its end was told is known to come and go', () => {
    const slowly = [...times(2, DOWN), ...times(20, NOTHING), ...times(2, DOWN)];
    expect(watch(slowly, seldom).told).toEqual([
      ...once,
      '3 ok: nas is down',
      '23 error: nas is down (it comes and goes)',
    ]);
  });
});

describe('however close together the looks are', () => {
  it('what was seen often in a short time has not lasted', () => {
    const restarts = { minuteOf: (at: number) => at / 100, isFirst: () => true };
    expect(watch(times(50, DOWN), restarts).told).toEqual([]);
    const calm = { minuteOf: (at: number) => (at < 3 ? at : 2 + at / 100) };
    expect(watch([...times(3, DOWN), ...times(50, NOTHING)], calm).told).toEqual(['2 error: nas is down']);
  });

  it('the end that is told again after a crash has the same name', () => {
    const looks = [...times(3, DOWN), ...times(4, NOTHING)];
    const isFirst = (at: number) => at === 0 || at === 5;
    expect(watch(looks, { isFirst }).marks).toEqual(watch(looks).marks);
  });
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
