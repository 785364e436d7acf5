import { closest, distance } from 'fastest-levenshtein';
import { ownNames, variableNames } from '../variables/names.ts';
import type { RawEnvironment } from './process-environment.ts';

/** A name that is set and looks like one of ours, but is none: whoever wrote it thinks that it counts. */
export interface LookAlike {
  readonly name: string;
  readonly nearest: string;
}

/** First words under which others have variables of their own that we know nothing of. */
const SHARED_WORDS = new Set(['CLAUDE', 'ANTHROPIC', 'REDIS']);
/** So many names that begin with one word make that word ours. */
const NAMES_OF_OUR_WORD = 3;

/**
 * The names in `env` that look like one of `names` and are none that is `known`: all but written like it, or beginning as only ours do.
 * `names`: those to look for; `known`: more that mean something.
 */
export function findLookAlikes(
  env: RawEnvironment,
  names: readonly string[] = ownNames,
  known: readonly string[] = [],
): LookAlike[] {
  const meaningful = new Set([...variableNames, ...names, ...known]);
  const words = ourFirstWords(names);
  const strange = Object.keys(env).filter((name) => env[name] && !meaningful.has(name));
  return strange.flatMap((name) => {
    const nearest = nearestTo(name.toUpperCase(), names, words);
    return nearest === undefined ? [] : [{ name, nearest }];
  });
}

/** Says it, and what may have been meant. */
export function describeLookAlike({ name, nearest }: LookAlike): string {
  return `${name} is set, but there is no such variable: it does nothing. Did you mean ${nearest}?`;
}

function nearestTo(name: string, names: readonly string[], words: ReadonlySet<string>): string | undefined {
  if (names.length === 0) return undefined;
  const nearest = closest(name, names as string[]);
  if (distance(name, nearest) <= mistakesIn(name)) return nearest;
  if (SHARED_WORDS.has(firstWord(name)) || !name.includes('_')) return undefined;
  return names.find((each) => each.startsWith(`${name}_`)) ?? (words.has(firstWord(name)) ? nearest : undefined);
}

/** How many letters may be wrong: the shorter the name, the more likely it is another one. */
function mistakesIn(name: string): number {
  if (name.length < 5) return 0;
  return name.length < 8 ? 1 : 2;
}

function ourFirstWords(names: readonly string[]): Set<string> {
  const words = names.map(firstWord);
  const ours = words.filter((word) => words.filter((each) => each === word).length >= NAMES_OF_OUR_WORD);
  return new Set(ours.filter((word) => !SHARED_WORDS.has(word)));
}

function firstWord(name: string): string {
  return name.split('_', 1)[0] ?? '';
}
