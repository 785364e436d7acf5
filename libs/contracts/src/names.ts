/** Names of sessions and personas: lower case, safe as a file name, a queue name and a command's argument. */
export const NAME_PATTERN = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** What a name must look like, in words for a person. */
export const NAME_RULE = 'Use 1 to 64 letters, digits, "-" or "_", starting with a letter or digit.';

/**
 * Reads a name as a person typed it; case does not matter.
 * `undefined` if it is not a name: nothing else may ever touch a path or a key.
 */
export function parseName(typed: string): string | undefined {
  const name = typed.toLowerCase();
  return NAME_PATTERN.test(name) ? name : undefined;
}
