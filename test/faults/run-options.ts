import type { Fault } from './fault.ts';

/** From the least to the most, both included. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** What a run is made of. */
export interface RunOptions {
  readonly seed: number;
  /** For how long things are broken, in ms. */
  readonly brokenForMs: number;
  readonly faults: readonly Fault[];
  /** How long nothing is broken between two faults, in ms. */
  readonly betweenMs: Range;
  /** How many people write, each in their private chat. */
  readonly people: number;
  /** How many of them write in a topic of the group too. */
  readonly topics: number;
  readonly workers: number;
  readonly bots: number;
  /** How long a person thinks at most before they write again, in ms. */
  readonly thinkMs: number;
  /** How long the last answers may take once nothing is broken any more, in ms. */
  readonly answersWithinMs: number;
  /** Where the history and the logs go; it is made. */
  readonly dir: string;
  /** Told how it goes. */
  say(line: string): void;
  /** Given what undoes a step, as soon as the step is done; to be done in the reverse order, each once. */
  onUndo(undo: () => Promise<unknown>): void;
}
