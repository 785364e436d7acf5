import { readdirSync, readFileSync } from 'node:fs';

const fixtures = new URL('../src/rendering/fixtures/', import.meta.url);
const PREFIXES = 1_000;

/** Nasty documents, by name. */
export const documents: ReadonlyMap<string, string> = new Map(
  readdirSync(fixtures).map((name) => [name, readFileSync(new URL(name, fixtures), 'utf8')] as const),
);
/** All of them as one. */
export const corpus = [...documents.values()].join('\n\n');

/** Numbers from 0 to 1, the same in every run. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = seededRandom(20_241);

/** Answers that still grow: from the beginning of a line, as an answer begins, and to anywhere, also into a pair of surrogates. */
const prefixes: readonly string[] = Array.from({ length: PREFIXES }, () => {
  const start = Math.floor(random() * corpus.length);
  const from = corpus.lastIndexOf('\n', start) + 1;
  return corpus.slice(from, from + Math.floor(random() * 5_000));
});

/** The documents and the prefixes, with names. */
export const samples: readonly (readonly [name: string, markdown: string])[] = [
  ...documents,
  ...prefixes.map((prefix, index) => [`prefix ${index}`, prefix] as const),
];
