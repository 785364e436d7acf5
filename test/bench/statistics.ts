/** The middle half of a series and its middle. */
export interface Spread {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

/** The quartiles, interpolated between neighbours. Throws for a series without values. */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new Error('Expected at least one value, got none.');
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const [below = 0, above = below] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return below + (above - below) * (place - Math.floor(place));
  };
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) };
}

/** How each value compares with the one of the same round. Throws if the series have not the same length. */
export function comparePairs(
  values: readonly number[],
  baseline: readonly number[],
  by: 'ratio' | 'difference',
): number[] {
  if (values.length !== baseline.length) {
    throw new Error(`Expected two series of one length, got ${values.length} and ${baseline.length} values.`);
  }
  return values.map((value, round) => {
    const other = baseline[round] ?? Number.NaN;
    return by === 'ratio' ? value / other : value - other;
  });
}
