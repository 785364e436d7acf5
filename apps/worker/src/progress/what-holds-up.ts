import type { TurnEvent } from '@signalbox/claude';
import type { HoldUp } from '@signalbox/contracts';

/** Follows what keeps a turn's Claude from going on: what is waited for must not be shown as what runs. */
export class WhatHoldsUp {
  /** What is asked of a person and has no answer yet. */
  readonly #requests = new Set<string>();
  #other: HoldUp | undefined;

  /** `undefined`: nothing does. */
  get now(): HoldUp | undefined {
    return this.#requests.size > 0 ? 'answer' : this.#other;
  }

  /** Takes what Claude does. Gives back whether it is held up otherwise than before. */
  take(event: TurnEvent): boolean {
    const before = this.now;
    if (event.type === 'request-opened') this.#requests.add(event.id);
    else if (event.type === 'request-closed') this.#requests.delete(event.id);
    else if (event.type === 'retrying') this.#other = 'retry';
    else if (event.type === 'compacting') this.#other = 'compaction';
    // The account's limits are told at any time.
    else if (event.type !== 'rate-limit') this.#other = undefined;
    return this.now !== before;
  }
}
