const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span of time in ms, roughly: `5 min`, `3 h`, `12 d`, `2.5 y`. */
export function showSpan(ms: number): string {
  if (ms < MINUTE) return '< 1 min';
  if (ms < 2 * HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} h`;
  if (ms < 730 * DAY) return `${Math.floor(ms / DAY)} d`;
  return `${(ms / (365 * DAY)).toFixed(1)} y`;
}

/** How long ago something was, in ms since the epoch: `3 h ago`. Clocks differ, so what is to come is `just now`. */
export function showAge(at: number, now: number): string {
  return now - at < MINUTE ? 'just now' : `${showSpan(now - at)} ago`;
}
