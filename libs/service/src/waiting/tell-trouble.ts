/** The time between the first two tellings of a trouble that lasts, in ms; doubled each time, up to the longest. */
const FIRST_MS = 60_000;
const LONGEST_MS = 3_600_000;

/** What is told: a trouble, again and again while it lasts, and its end. Times in ms. */
interface Tell<Kind extends string> {
  trouble(kind: Kind, details: string, lastsMs: number): void;
  over(kind: Kind, lastedMs: number): void;
}

/** Tells of a trouble once, then at growing intervals, so that a night of it is some twenty lines. */
interface Trouble<Kind extends string> {
  /** Something failed. One of another kind is told at once. */
  met(kind: Kind, details: string): void;
  /** It works. */
  over(): void;
  /** Whether it works is not known any more: nothing is told. */
  forget(): void;
  /** What lasts, and since when (in ms since the epoch). */
  readonly current: { readonly kind: Kind; readonly since: number } | undefined;
}

export function createTrouble<Kind extends string>(tell: Tell<Kind>, now: () => number = Date.now): Trouble<Kind> {
  let current: { kind: Kind; since: number; nextAt: number; interval: number } | undefined;
  return {
    met(kind, details) {
      const at = now();
      if (current?.kind !== kind) current = { kind, since: current?.since ?? at, nextAt: at, interval: FIRST_MS };
      if (at < current.nextAt) return;
      tell.trouble(kind, details, at - current.since);
      current.nextAt = at + current.interval;
      current.interval = Math.min(LONGEST_MS, current.interval * 2);
    },
    over() {
      if (current) tell.over(current.kind, now() - current.since);
      current = undefined;
    },
    forget() {
      current = undefined;
    },
    get current() {
      return current;
    },
  };
}
