import { parseArgs } from 'node:util';

export interface FaultOptions {
  readonly seed: number;
  /** For how long things are broken. */
  readonly minutes: number;
  /** The one fault to use; all if undefined. */
  readonly only: string | undefined;
  /** Whether history and logs are kept although nothing was found. */
  readonly keep: boolean;
  /** Whether the figures become those of `docs/reliability.md`. */
  readonly record: boolean;
}

/** From this length on a run is recorded unasked, in minutes. */
const LONG_MINUTES = 20;

/** Reads the command line. Throws with one sentence that says what is wrong. */
export function readOptions(args: readonly string[], names: readonly string[], randomSeed: number): FaultOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: String(randomSeed) },
      minutes: { type: 'string', default: '2' },
      only: { type: 'string' },
      keep: { type: 'boolean', default: false },
      record: { type: 'boolean' },
    },
    allowNegative: true,
  });
  const seed = Number(values.seed);
  if (!Number.isInteger(seed) || seed < 0)
    throw new Error(`--seed: expected a whole number from 0, got "${values.seed}".`);
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error(`--minutes: expected a number above 0, got "${values.minutes}".`);
  const { only, keep } = values;
  if (only !== undefined && !names.includes(only)) {
    throw new Error(`--only: expected one of ${names.join(', ')}, got "${only}".`);
  }
  return { seed, minutes, only, keep, record: values.record ?? (minutes >= LONG_MINUTES && only === undefined) };
}
