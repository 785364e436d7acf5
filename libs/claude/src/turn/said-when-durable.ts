import type { TurnEvent } from './turn-event.ts';

type Said = Extract<TurnEvent, { type: 'said' }>;

/**
 * Holds back what Claude says until its transcript row is on disk: what a person has read is what a resumed Claude
 * remembers. The CLI prints a text block first and mirrors the written row about 10 ms later (measured on 2.1.329).
 */
export class SaidWhenDurable {
  /** Printed, not yet released; in the order they were printed. */
  #waiting: Said[] = [];
  readonly #onDisk = new Set<string>();
  readonly #released = new Set<string>();

  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** A text block was printed. Returns what may be told now. */
  printed(rowUuid: string, text: string, toolsBefore = 0): Said[] {
    if (this.#released.has(rowUuid)) return [];
    this.#waiting.push({ type: 'said', rowUuid, text, toolsBefore });
    return this.#release();
  }

  /** Rows were written. Returns what may be told now. */
  written(rowUuids: Iterable<string>): Said[] {
    for (const uuid of rowUuids) this.#onDisk.add(uuid);
    return this.#release();
  }

  /** The turn has its result: all of it is on disk (measured on 2.1.329: a kill at `result` loses nothing). */
  allWritten(): Said[] {
    for (const said of this.#waiting) this.#onDisk.add(said.rowUuid);
    return this.#release();
  }

  /** In order: a row waits for the rows before it. */
  #release(): Said[] {
    const ready: Said[] = [];
    for (let next = this.#waiting[0]; next && this.#onDisk.has(next.rowUuid); next = this.#waiting[0]) {
      this.#waiting.shift();
      if (this.#released.has(next.rowUuid)) continue;
      this.#released.add(next.rowUuid);
      ready.push(next);
    }
    return ready;
  }
}
