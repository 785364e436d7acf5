/** Counts in words, those of nothing left out: `2 down, 3 up`; `all 5 up` if there is one kind alone. */
export function tally(counts: readonly (readonly [number, string])[]): string {
  const some = counts.filter(([count]) => count > 0);
  const [only] = some;
  if (some.length === 1 && only && only[0] > 1) return `all ${only[0]} ${only[1]}`;
  return some.map(([count, what]) => `${count} ${what}`).join(', ');
}
