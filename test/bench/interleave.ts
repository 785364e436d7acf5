import { setTimeout as pause } from 'node:timers/promises';

/** One measurement: does its work in the given round and resolves to what it took, in ms. */
export type Measure = (round: number) => Promise<number>;

/** Rounds that are run and not counted, so that nothing is measured cold. */
const WARM_UP = 3;
/**
 * How long nothing happens before each measurement, in ms. A chat is idle before a message, and its processes have to be
 * woken up; right after other work everything is several times as quick, a PING most of all.
 */
export const IDLE_MS = 50;

/**
 * Takes the measures in turns, each once a round, and another one first each time: what the machine does beside this
 * meets all of them alike. Resolves to the series of each.
 */
export async function interleave<Name extends string>(
  rounds: number,
  measures: Readonly<Record<Name, Measure>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(measures) as Name[];
  const series = Object.fromEntries(names.map((name): [string, number[]] => [name, []])) as Record<Name, number[]>;
  for (let round = -WARM_UP; round < rounds; round += 1) {
    const first = (round + WARM_UP) % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      await pause(IDLE_MS);
      const took = await measures[name](round);
      if (round >= 0) series[name].push(took);
    }
  }
  return series;
}
