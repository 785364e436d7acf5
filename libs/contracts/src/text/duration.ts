import prettyMilliseconds from 'pretty-ms';

/** A duration in ms as a person says it: "15 min", "2 h", "3 d"; the largest unit alone. */
export function describeDuration(ms: number): string {
  return spell(prettyMilliseconds(floorTo(1_000, ms), { compact: true, hideYear: true }));
}

/** How long something has run, in steps that change calmly: "40 s", "3 min 20 s", "2 h 5 min"; `undefined` for what is not worth a word. */
export function describeElapsed(ms: number): string | undefined {
  const calm = floorTo(ms < 600_000 ? 10_000 : 60_000, ms);
  return calm === 0 ? undefined : spell(prettyMilliseconds(calm, { hideYearAndDays: true })).replace(/h$/, 'h 0 min');
}

function floorTo(step: number, ms: number): number {
  return Math.max(0, Math.floor(ms / step) * step);
}

/** The library's short words as they are written here: "3m 20s" is "3 min 20 s". Nothing is "0ms" there. */
function spell(short: string): string {
  return short.replace(/(\d)([a-z]+)/g, (_, digit: string, unit: string) => `${digit} ${SPELLED[unit] ?? unit}`);
}

const SPELLED: Readonly<Record<string, string>> = { m: 'min', ms: 's' };
