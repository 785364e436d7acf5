/** A problem that was seen, as it is remembered between two looks. */
export interface Problem {
  /** As it was last described. */
  readonly text: string;
  /** Since when it is there, or since when it is gone, in ms since the epoch. */
  readonly since: number;
  readonly isThere: boolean;
  /** Whether people were told of it. */
  readonly told: boolean;
}

/** All problems that are remembered, by what they are about. */
export type Problems = Readonly<Record<string, Problem>>;

/** What people are to be told now. */
export interface News {
  readonly worse: readonly string[];
  readonly well: readonly string[];
}

/**
 * Remembers what a look has found, and says what is news: a problem that has been there for `steadyMs`, or one that was told and has been
 * gone for as long. What comes and goes faster is told once and then not again. While it is quiet nothing is news; what still holds is
 * news afterwards. Pure.
 */
export function foldProblems(
  before: Problems,
  found: Readonly<Record<string, string>>,
  { now, steadyMs, isQuiet }: { now: number; steadyMs: number; isQuiet: boolean },
): { problems: Problems; news: News } {
  const problems: Record<string, Problem> = {};
  const worse: string[] = [];
  const well: string[] = [];
  for (const key of new Set([...Object.keys(before), ...Object.keys(found)])) {
    const known = before[key];
    const text = found[key] ?? known?.text ?? key;
    const isThere = key in found;
    const since = known && known.isThere === isThere ? known.since : now;
    const isNews = !isQuiet && now - since >= steadyMs && isThere !== (known?.told ?? false);
    if (isNews) (isThere ? worse : well).push(text);
    const told = isNews ? isThere : (known?.told ?? false);
    if (isThere || told) problems[key] = { text, since, isThere, told };
  }
  return { problems, news: { worse, well } };
}

/** Names what a line is about: the same whatever its figures and ages are. */
export function problemKey(integration: string, text: string): string {
  const words = text.replaceAll(/\d+([.,:]\d+)*\s*(ms|s|min|h|d|days?|%|[kMGT]i?B)?/g, '').replaceAll(/\s+/g, ' ');
  return `${integration}: ${words.trim().slice(0, 120)}`;
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
