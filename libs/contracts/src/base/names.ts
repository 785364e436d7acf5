/** Names of sessions and personas: lower case, safe as a file name, a queue name and a command's argument. */
export const NAME_PATTERN = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** What a name must look like, in words for a person. */
export const NAME_RULE = 'Use 1 to 64 letters, digits, "-" or "_", starting with a letter or digit.';

/** Names of pools: what a worker's POOL may be. */
const POOL_PATTERN = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** What the name of a pool must look like, in words for a person. */
export const POOL_RULE = 'Use 1 to 32 letters, digits or "-", starting with a letter or digit.';

/**
 * Reads a name as a person typed it; case does not matter.
 * `undefined` if it is not a name: nothing else may ever touch a path or a key.
 */
export function parseName(typed: string): string | undefined {
  const name = typed.toLowerCase();
  return NAME_PATTERN.test(name) ? name : undefined;
}

/** Reads the name of a pool as a person typed it, without the `@`; `undefined` if no worker could be of it. */
export function parsePool(typed: string): string | undefined {
  const pool = typed.toLowerCase();
  return POOL_PATTERN.test(pool) ? pool : undefined;
}
