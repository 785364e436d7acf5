import type { TurnEvent } from './turn-event.ts';

/** How far a turn has come: the texts that Claude itself said, and the tools that it used. The same after a crash as before. */
export class TurnCount {
  texts = 0;
  tools = 0;

  /** Takes note of a use of a tool; a subagent's is part of the one that began it. */
  note({ parentId }: Extract<TurnEvent, { type: 'tool-started' }>): void {
    if (parentId === undefined) this.tools += 1;
  }
}
