import type { Redis } from 'ioredis';

/** A script that Redis runs as one step. All its keys are of one queue. */
export interface Script<Keys extends readonly string[] = readonly string[]> {
  /** What it does, in one sentence. */
  readonly does: string;
  /** What KEYS are, in order. */
  readonly keys: Keys;
  /** What ARGV are, in order; `…` at the end: as many as there are. */
  readonly args: readonly string[];
  readonly result: string;
  readonly lua: string;
}

/** Writes a script down, so that `runScript` knows how many keys it takes. */
export function defineScript<const Keys extends readonly string[]>(script: Script<Keys>): Script<Keys> {
  return script;
}

/** Runs a script. Rejects with Redis's error. */
export function runScript<Keys extends readonly string[]>(
  redis: Redis,
  { lua }: Script<Keys>,
  keys: { readonly [Key in keyof Keys]: string },
  args: readonly (string | number | Buffer)[],
): Promise<unknown> {
  return redis.eval(lua, keys.length, ...keys, ...args);
}
