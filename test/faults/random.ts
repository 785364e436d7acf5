/** Chance that is the same for the same seed. */
export interface Random {
  /** Below 1, from 0. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** Whether something with this probability happens. */
  chance(probability: number): boolean;
  /** One of the list; `undefined` if it is empty. */
  pick<T>(list: readonly T[]): T | undefined;
  /** A copy of the list in another order. */
  shuffled<T>(list: readonly T[]): T[];
}

/**
 * mulberry32. `stream` tells apart the sequences of one seed: each concern has its own, so that what one draws
 * does not change what another gets.
 */
export function createRandom(seed: number, stream = ''): Random {
  let state = [...stream].reduce((hash, sign) => Math.imul(hash ^ sign.charCodeAt(0), 0x01000193), seed | 0);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (list) => list[between(0, list.length - 1)],
    shuffled: (list) =>
      list
        .map((each) => ({ each, place: next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ each }) => each),
  };
}
