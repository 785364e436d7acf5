import { type SpokenRow, TurnFold } from './fold-turn.ts';
import { hasToolResult, isInterruption, type TranscriptRow } from './row.ts';

/** What Claude did unasked since the last message: it was told that a background task had ended. */
export interface LateTurns {
  said: SpokenRow[];
  /** The last of these turns did not end, and the CLI can continue it. */
  isOpen: boolean;
}

/** Folds the rows of a transcript, in order, into the late turns at its end. Pure. */
export class LateFold {
  readonly #since: number;
  #turns: TurnFold[] = [];

  /** @param since reports that are older are left alone, in ms since the epoch */
  constructor(since: number) {
    this.#since = since;
  }

  /** Undefined if the last turn is a message's. */
  get late(): LateTurns | undefined {
    const last = this.#turns.at(-1)?.turn;
    if (last === undefined) return undefined;
    const said = this.#turns.flatMap(({ turn }) => turn.said);
    // One that was continued before and came no further is not tried again: it may be what ends its process.
    return { said, isOpen: last.state === 'open' && last.bareContinuation === undefined };
  }

  add(row: TranscriptRow, offset: number): void {
    if (beginsTurn(row))
      this.#turns = isReport(row) && this.#isRecent(row) ? [...this.#turns, new TurnFold(row.uuid ?? '')] : [];
    this.#turns.at(-1)?.add(row, offset);
  }

  #isRecent(row: TranscriptRow): boolean {
    return Date.parse(row.timestamp ?? '') >= this.#since;
  }
}

function isReport({ origin }: TranscriptRow): boolean {
  return origin?.kind === 'task-notification';
}

/** Whether a row stands for a message, or a report of the CLI, to which Claude answers. */
function beginsTurn(row: TranscriptRow): boolean {
  if (row.type !== 'user' || row.isSidechain || row.isMeta || row.isCompactSummary) return false;
  return !hasToolResult(row) && !isInterruption(row);
}
