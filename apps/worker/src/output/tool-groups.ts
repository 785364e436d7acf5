import type { TurnEvent } from '@signalbox/claude';

type Started = Extract<TurnEvent, { type: 'tool-started' }>;

/** A use of a tool, and what came of it. */
export interface EndedUse {
  readonly started: Started;
  readonly output: string;
  readonly isError: boolean;
}

interface Group {
  readonly uses: { readonly started: Started; ended?: { output: string; isError: boolean } }[];
  isClosed: boolean;
}

/** How many uses a turn's groups hold, one after the other: the first are shown at once, and a turn of many has few messages. */
const SIZES = [1, 1, 2, 4];
const LARGEST = 8;
/** From this group on, what Claude says no longer ends one. */
const CUT_BY_TEXT = 12;

/**
 * Puts the uses of tools of one turn into groups that are shown together. Which use is in which group depends on their order alone, and
 * on what was said between them, never on time: a turn that is told again after a crash has the same groups.
 */
export class ToolGroups {
  readonly #waiting: Group[] = [];
  #made = 0;
  /** How many uses there were before the current group. */
  #before = 0;
  #current: Group | undefined;
  /** How many texts are shown. */
  #texts = 0;

  /** Takes what Claude does. Gives the groups that are complete now, in order; those before a text go before it. */
  take(event: TurnEvent): EndedUse[][] {
    if (event.type === 'tool-started' && event.parentId === undefined) this.#add(event);
    else if (event.type === 'tool-ended') this.#end(event);
    else if (event.type === 'said' && event.toolsBefore > this.#before) this.#cut();
    return this.#complete();
  }

  /** A text is shown: gives the groups that have waited for it. A tool may be quicker than the text before it is on disk. */
  textShown(): EndedUse[][] {
    this.#texts += 1;
    return this.#complete();
  }

  /** The turn is over: gives what is left. */
  finish(): EndedUse[][] {
    this.#close();
    return this.#waiting.splice(0).map(endedUses);
  }

  #add(started: Started): void {
    const textsBefore = this.#current?.uses[0]?.started.textsBefore;
    if (textsBefore !== undefined && textsBefore < started.textsBefore) this.#cut();
    if (!this.#current) {
      this.#current = { uses: [], isClosed: false };
      this.#waiting.push(this.#current);
      this.#made += 1;
    }
    const { uses } = this.#current;
    uses.push({ started });
    if (uses.length >= (SIZES[this.#made - 1] ?? LARGEST)) this.#close();
  }

  #end({ id, content, isError }: Extract<TurnEvent, { type: 'tool-ended' }>): void {
    const use = this.#waiting.flatMap(({ uses }) => uses).find(({ started }) => started.id === id);
    if (use) use.ended = { output: content, isError };
  }

  #cut(): void {
    if (this.#made <= CUT_BY_TEXT) this.#close();
  }

  #close(): void {
    if (!this.#current) return;
    this.#before += this.#current.uses.length;
    this.#current.isClosed = true;
    this.#current = undefined;
  }

  #complete(): EndedUse[][] {
    const isWaitedFor = ({ uses, isClosed }: Group) =>
      !isClosed || uses.some(({ ended, started }) => !ended || started.textsBefore > this.#texts);
    const first = this.#waiting.findIndex(isWaitedFor);
    return this.#waiting.splice(0, first === -1 ? this.#waiting.length : first).map(endedUses);
  }
}

function endedUses({ uses }: Group): EndedUse[] {
  return uses.map(({ started, ended }) => ({ started, ...(ended ?? { output: '', isError: false }) }));
}
