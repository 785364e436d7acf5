import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** How many pairs of each comparison; the slow ones take a sixth of it. */
  readonly pairs: number;
  /** The one measurement to take; all if undefined. */
  readonly only: string | undefined;
  /** Whether `docs/performance.md` is to be written. */
  readonly write: boolean;
}

const DEFAULT_PAIRS = 60;

/** Reads the command line. Throws with one sentence that says what is wrong. */
export function readOptions(args: readonly string[], names: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      pairs: { type: 'string', default: String(DEFAULT_PAIRS) },
      only: { type: 'string' },
      write: { type: 'boolean', default: true },
    },
    allowNegative: true,
  });
  const pairs = Number(values.pairs);
  if (!Number.isInteger(pairs) || pairs < 3)
    throw new Error(`--pairs: expected a number from 3, got "${values.pairs}".`);
  if (values.only !== undefined && !names.includes(values.only)) {
    throw new Error(`--only: expected one of ${names.join(', ')}, got "${values.only}".`);
  }
  return { pairs, only: values.only, write: values.write && values.only === undefined };
}
