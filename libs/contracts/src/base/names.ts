import { z } from 'zod';

/** The longest name, in characters, and in bytes of UTF-8: with what is put around it for a moment it is a file's name. */
const MOST_CHARACTERS = 64;
const MOST_BYTES = 128;

/** Letters, with the marks that belong to them, and digits; nothing that cannot be seen. */
const NAME_PATTERN = /^(?!.*\p{Default_Ignorable_Code_Point})[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}_-]*$/u;

/** What a name must look like, in words for a person. */
const NAME_RULE = `Use 1 to ${MOST_CHARACTERS} letters, digits, "-" or "_", starting with a letter or digit, in any script (up to ${MOST_BYTES} bytes).`;
const NOT_MIXED = 'Some Latin, Greek and Cyrillic letters look the same, so a name has letters of one of these only.';
const LOOKS_LATIN = 'It would look like a word in Latin letters.';

/** The scripts of which some letters look the same, and those that look like a Latin one. */
const LATIN = /\p{Script=Latin}/u;
const OTHERS = [
  { letters: /\p{Script=Cyrillic}/gu, likeLatin: new Set('асԁеһіјӏорԛѕԝхуѵү') },
  { letters: /\p{Script=Greek}/gu, likeLatin: new Set('αικνορυ') },
];

const bytes = new TextEncoder();

/** Names of pools: what a worker's POOL may be. */
const POOL_PATTERN = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** What the name of a pool must look like, in words for a person. */
export const POOL_RULE = 'Use 1 to 32 of the letters a–z, digits or "-", starting with a letter or digit.';

/**
 * Reads the name of a session or persona as a person typed it: one name, in one spelling, for all that a person or a file system may take
 * for the same. `undefined` if it is not a name: nothing else may ever touch a path or a key.
 */
export function parseName(typed: string): string | undefined {
  // What is far too long for a name is not even folded: a hostile text must not cost much.
  if (typed.length > 4 * MOST_CHARACTERS) return undefined;
  const name = fold(typed);
  return problemOf(name) === undefined && fold(name) === name ? name : undefined;
}

/** Why something that was typed is no name, in a sentence for a person. */
export function whyNoName(typed: string): string {
  return problemOf(fold(typed.slice(0, 4 * MOST_CHARACTERS))) ?? NAME_RULE;
}

/** A name as `parseName` gives it. */
export const nameSchema = z.string().refine((name) => parseName(name) === name, { error: `not a name. ${NAME_RULE}` });

/** Reads the name of a pool as a person typed it, without the `@`; `undefined` if no worker could be of it. */
export function parsePool(typed: string): string | undefined {
  const pool = typed.toLowerCase();
  return POOL_PATTERN.test(pool) ? pool : undefined;
}

/** Without upper case and other forms of one letter (ß is ss, ς is σ, and no dot makes an i another letter), composed as far as can be. */
function fold(typed: string): string {
  return typed
    .normalize('NFKC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll(/i\u0307/g, 'i')
    .normalize('NFKC');
}

function problemOf(name: string): string | undefined {
  const fits = [...name].length <= MOST_CHARACTERS && bytes.encode(name).length <= MOST_BYTES;
  if (!fits || !NAME_PATTERN.test(name)) return NAME_RULE;
  const used = OTHERS.map(({ letters, likeLatin }) => ({ likeLatin, found: name.match(letters) ?? [] })).filter(
    ({ found }) => found.length > 0,
  );
  if (used.length + (LATIN.test(name) ? 1 : 0) > 1) return NOT_MIXED;
  return used.some(({ likeLatin, found }) => found.every((letter) => likeLatin.has(letter))) ? LOOKS_LATIN : undefined;
}
