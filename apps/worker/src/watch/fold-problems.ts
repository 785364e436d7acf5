/** How bad a thing is. `ok`: not any more. */
export type Severity = 'ok' | 'warn' | 'error';

/** What was found wrong. */
export interface Trouble {
  readonly text: string;
  readonly level: Exclude<Severity, 'ok'>;
}

/** What one look has found, by what it is about. */
export interface Look {
  readonly found: Readonly<Record<string, Trouble>>;
  /** Whether a thing could not be looked at: nothing was learnt of it. */
  isHidden(key: string): boolean;
}

/** A problem as it is remembered between two looks. Times are in ms since the epoch. */
export interface Problem {
  /** As it was last described. */
  readonly text: string;
  /** How it was last seen. */
  readonly level: Severity;
  /** What people were told last. */
  readonly told: Severity;
  /** Since when there is trouble, also if it comes and goes; undefined once its end was told. */
  readonly began?: number | undefined;
  /** Since when it is there, or gone, without a break. */
  readonly since: number;
  /** In how many looks in a row it was there, or gone; only those of one watch, for nobody knows what was between two. */
  readonly looks: number;
  /** How often it came back. */
  readonly returns: number;
}

/** All problems that are remembered, by what they are about. */
export type Problems = Readonly<Record<string, Problem>>;

/** One thing that people are to be told. The mark is the same if it is told again after a crash. */
export interface NewsItem {
  readonly text: string;
  readonly level: Severity;
  readonly mark: string;
}

export interface LookTimes {
  readonly now: number;
  /** What lasts for so long is news, in ms. */
  readonly steadyMs: number;
  /** Whether nobody is known to have looked just before this look: a watch has begun, or its last look has failed. */
  readonly isFirst: boolean;
  readonly isQuiet: boolean;
}

/** How much longer than any other thing must one be calm that came back, for each time, before its end is told. */
const CALMER = 10;
/** The longest of that, and how long one that has ended is remembered as one that may come back; in times of `steadyMs`, and in looks. */
const CALMEST = 30;
const REMEMBERED = 360;
const SEVERITIES: readonly Severity[] = ['ok', 'warn', 'error'];

/**
 * Remembers what a look has found, and says what is news: trouble that has been there for `steadyMs`, that got worse, or that was told and
 * is gone for as long. What comes and goes is told, and its end only when it has been calm for much longer. Calm is what enough looks in a
 * row have seen, over enough time: neither a few looks that are far apart nor many that are close together show it. While it is quiet
 * nothing is news; what still holds is news afterwards. Pure.
 */
export function foldProblems(before: Problems, look: Look, times: LookTimes): { problems: Problems; news: NewsItem[] } {
  const problems: Record<string, Problem> = {};
  const news: NewsItem[] = [];
  for (const key of new Set([...Object.keys(before), ...Object.keys(look.found)])) {
    const known = before[key];
    if (known && !(key in look.found) && look.isHidden(key)) {
      problems[key] = times.isFirst ? { ...known, looks: 0 } : known;
      continue;
    }
    const seen = follow(known, look.found[key], times);
    const item = times.isQuiet ? undefined : newsOf(key, seen, times);
    if (item) news.push(item);
    const next = item ? { ...seen, told: seen.level, began: seen.level === 'ok' ? undefined : seen.began } : seen;
    if (isWorthRemembering(next, times)) problems[key] = next;
  }
  return { problems, news };
}

function follow(known: Problem | undefined, found: Trouble | undefined, { now, isFirst }: LookTimes): Problem {
  const level = found?.level ?? 'ok';
  if (!known) return { text: found?.text ?? '', level, told: 'ok', began: now, since: now, looks: 1, returns: 0 };
  const isThere = level !== 'ok';
  const wasThere = known.level !== 'ok';
  return {
    text: found?.text ?? known.text,
    level,
    told: known.told,
    began: known.began ?? (isThere ? now : undefined),
    since: isThere === wasThere ? known.since : now,
    looks: isThere === wasThere && !isFirst ? known.looks + 1 : 1,
    returns: known.returns + (isThere && !wasThere ? 1 : 0),
  };
}

function newsOf(key: string, problem: Problem, times: LookTimes): NewsItem | undefined {
  const { text, level, told, began = times.now, since, returns } = problem;
  const weight = SEVERITIES.indexOf(level) - SEVERITIES.indexOf(told);
  if (weight > 0 && times.now - began >= times.steadyMs)
    return { text: returns > 0 ? `${text} (it comes and goes)` : text, level, mark: `${key} ${level} ${began}` };
  if (level === 'ok' && told !== 'ok' && isCalm(problem, times)) return { text, level, mark: `${key} ok ${since}` };
  return undefined;
}

function isCalm(problem: Problem, times: LookTimes): boolean {
  return lasts(problem, times, Math.min(CALMER ** problem.returns, CALMEST));
}

/** Whether it is as it is for so many times of `steadyMs`, and was seen to be so by as many looks after the first. */
function lasts({ since, looks }: Problem, { now, steadyMs }: LookTimes, count: number): boolean {
  return looks > count && now - since >= steadyMs * count;
}

function isWorthRemembering(problem: Problem, times: LookTimes): boolean {
  if (problem.level !== 'ok' || problem.told !== 'ok') return true;
  // Trouble that nobody was told of is forgotten when it is over; one that was told may come back.
  if (problem.began !== undefined) return !isCalm(problem, times);
  return !lasts(problem, times, REMEMBERED);
}

/**
 * Whether it is quiet at a time of day, in minutes since midnight; `hours` such as `22:00-07:00`, or nothing. Pure.
 */
export function isQuietAt(minutes: number, hours: string | undefined): boolean {
  const [, fromHour, fromMinute, toHour, toMinute] = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(hours ?? '') ?? [];
  if (fromHour === undefined) return false;
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  return from <= to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
}
