import { comparePairs, type Spread, spreadOf } from './statistics.ts';

/** What was measured, value by value. */
export interface Series {
  readonly label: string;
  readonly unit: string;
  readonly values: readonly number[];
}

/** One line of the results. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly against: string;
  readonly result: string;
  /** Rows without a goal are there for comparison. */
  readonly goal?: { readonly text: string; readonly met: boolean };
  readonly series: readonly Series[];
}

/** A row that sets a series against the one it was interleaved with, pair by pair. `atMost`: the goal for the median. */
export function comparison(given: {
  readonly what: string;
  readonly ours: readonly number[];
  readonly baseline: readonly number[];
  /** What the other series is. */
  readonly against: string;
  readonly by: 'ratio' | 'difference';
  readonly atMost?: number;
}): Row {
  const { what, ours, baseline, against, by, atMost } = given;
  const spread = spreadOf(comparePairs(ours, baseline, by));
  const goal = by === 'ratio' ? `≤ ${atMost} ×` : `≤ ${atMost} ms over it`;
  return {
    what,
    measured: milliseconds(spreadOf(ours).median),
    against: `${against}: ${milliseconds(spreadOf(baseline).median)}`,
    result: by === 'ratio' ? `${withSpread(spread)} ×` : `${withSpread(spread)} ms over it`,
    ...(atMost === undefined ? {} : { goal: { text: goal, met: spread.median <= atMost } }),
    series: [
      { label: what, unit: 'ms', values: ours },
      { label: against, unit: 'ms', values: baseline },
    ],
  };
}

/** `1.23 (1.10–1.40)`: the median and the quartiles around it. */
export function withSpread({ lower, median, upper }: Spread): string {
  return `${digits(median)} (${digits(lower)}–${digits(upper)})`;
}

export function milliseconds(value: number): string {
  return `${digits(value)} ms`;
}

/** About three digits that mean something. */
export function digits(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0);
}
