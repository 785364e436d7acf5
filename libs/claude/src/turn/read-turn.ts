import { type Line, messagesOf, type ResultLine } from '../stream/line.ts';
import { describeLine, spokenText } from './describe-line.ts';
import { Repeats } from './repeats.ts';
import { SaidWhenDurable } from './said-when-durable.ts';
import { TurnCount } from './turn-count.ts';
import type { TurnEvent } from './turn-event.ts';

/** How a message's turn ended, as the stream tells it. */
export type TurnEnding =
  | { how: 'result'; result: ResultLine }
  /** The CLI had this message already and does not run it again: its end is in the transcript. */
  | { how: 'known' }
  /** Taken out of the CLI's queue before it began, by an interrupt. */
  | { how: 'cancelled' }
  /** It ended, and the line that says how was too long to read. */
  | { how: 'unreadable' };

/** What one line means for a turn. */
export interface Reading {
  events: TurnEvent[];
  ending?: TurnEnding;
}

/** What Claude says while no message is in flight: the turns it begins by itself. */
export class LateReader {
  #said = new SaidWhenDurable();
  #count = new TurnCount();

  /** Claude has said something whose row is not on disk yet. */
  get isHoldingBack(): boolean {
    return this.#said.isWaiting;
  }

  /** Rows of other turns are told here too; they are not kept in mind while nothing waits for them. */
  read(line: Line): TurnEvent[] {
    if (line.kind === 'transcript_mirror' && !this.#said.isWaiting) return [];
    const events = readEvents(line, this.#said, this.#count);
    if (line.kind === 'result') {
      this.#said = new SaidWhenDurable();
      this.#count = new TurnCount();
    }
    return events;
  }
}

/**
 * Follows one message through the stream. Pure: lines in, events and an ending out.
 *
 * waiting → mine ⇄ another's → ended. A turn is this message's from the first line that names its uuid until its
 * `result`; `system/init` begins a turn, so one that does not name the uuid is another's (a background task's).
 * Endings are matched by uuid, never by order.
 */
export class TurnReader {
  readonly #uuid: string;
  readonly #rerunning: boolean;
  readonly #said: SaidWhenDurable;
  readonly #repeats: Repeats;
  readonly #count: TurnCount;
  #mine = false;
  #begun = false;
  /** The CLI acknowledged the message as new. */
  #queued = false;
  #lostLine = false;

  /** @param rerunning the CLI said `running` at start: it continues this message by itself. */
  constructor(
    uuid: string,
    options: { rerunning: boolean; said?: SaidWhenDurable; repeats?: Repeats; count?: TurnCount },
  ) {
    this.#uuid = uuid;
    this.#rerunning = options.rerunning;
    this.#said = options.said ?? new SaidWhenDurable();
    this.#repeats = options.repeats ?? new Repeats();
    this.#count = options.count ?? new TurnCount();
  }

  /** Whether the line belongs to this message's turn. To be asked once for every line, in order. */
  owns(line: Line): boolean {
    if (line.kind === 'command_lifecycle') {
      if (line.command_uuid !== this.#uuid) return this.#mine;
      if (line.state === 'started') this.#begin();
      return true;
    }
    if (messagesOf(line).includes(this.#uuid)) this.#begin();
    else if (line.kind === 'system/init' || line.kind === 'result') this.#mine = false;
    return this.#mine;
  }

  /** Reads a line of this turn, or rows that were written. */
  read(line: Line): Reading {
    const events = readEvents(line, this.#said, this.#count, this.#repeats);
    if (events.some(({ type }) => type === 'tool-ended')) this.#repeats.stepEnded();
    const ending = this.#endingIn(line);
    return ending === undefined ? { events } : { events, ending };
  }

  /** A line was too long to read; it may have been the one that ends the turn. */
  lostLine(): void {
    this.#lostLine = true;
  }

  #begin(): void {
    this.#mine = true;
    this.#begun = true;
  }

  #endingIn(line: Line): TurnEnding | undefined {
    if (line.kind === 'result') return { how: 'result', result: line };
    if (line.kind === 'system/session_state_changed') {
      return line.state === 'idle' && this.#begun && this.#lostLine ? { how: 'unreadable' } : undefined;
    }
    if (line.kind !== 'command_lifecycle' || line.command_uuid !== this.#uuid) return undefined;
    if (line.state === 'queued') this.#queued = true;
    if (line.state === 'cancelled' && !this.#lostLine) return { how: 'cancelled' };
    // A re-run's `completed` can come before its result; it only says that the message sent again was dropped.
    if (line.state === 'completed' && !this.#queued && !this.#rerunning) return { how: 'known' };
    return undefined;
  }
}

function readEvents(line: Line, said: SaidWhenDurable, count: TurnCount, repeats?: Repeats): TurnEvent[] {
  const events = describeLine(line, count.texts);
  for (const event of events) if (event.type === 'tool-started') count.note(event);
  return [...events, ...saidBy(line, said, count, repeats)];
}

function saidBy(line: Line, said: SaidWhenDurable, count: TurnCount, repeats?: Repeats): TurnEvent[] {
  switch (line.kind) {
    case 'assistant': {
      const text = spokenText(line);
      if (text === undefined || repeats?.takes(text)) return [];
      count.texts += 1;
      return said.printed(line.uuid, text, count.tools);
    }
    case 'transcript_mirror':
      return said.written(line.entries.flatMap(({ uuid }) => (uuid === undefined ? [] : [uuid])));
    case 'result':
      return said.allWritten();
    default:
      return [];
  }
}
