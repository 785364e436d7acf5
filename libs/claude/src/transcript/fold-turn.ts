import { type ApiFailure, apiError } from '../errors/classify-failure.ts';
import { Repeats } from '../turn/repeats.ts';
import { type TranscriptRow, textOf } from './row.ts';

/** A text block of Claude's, by its row. */
export interface SpokenRow {
  rowUuid: string;
  text: string;
}

/**
 * How far a message came, as the transcript has it. There is no row that says "finished" (measured on 2.1.329):
 * - `absent`: the message is not there; it never began, or was lost with the process
 * - `open`: it is there and its turn did not end
 * - `finished`: Claude's last row ended by itself
 * - `interrupted`: a person ended it
 * - `failed`: the last row is the CLI's note of an API failure
 */
export interface TranscriptTurn {
  state: 'absent' | 'open' | 'finished' | 'interrupted' | 'failed';
  said: SpokenRow[];
  failure?: ApiFailure;
}

/** Folds the rows of a transcript, in order, into what became of one message. Pure. */
export class TurnFold {
  readonly #uuid: string;
  #turn: TranscriptTurn = { state: 'absent', said: [] };
  readonly #repeats = new Repeats();
  #over = false;

  constructor(uuid: string) {
    this.#uuid = uuid;
  }

  get turn(): TranscriptTurn {
    return this.#turn;
  }

  add(row: TranscriptRow): void {
    if (row.isSidechain || this.#over) return;
    if (this.#turn.state === 'absent') {
      if (row.type === 'user' && row.uuid === this.#uuid) this.#turn.state = 'open';
      return;
    }
    if (row.type === 'assistant') this.#addAssistant(row);
    else if (row.type === 'user') this.#addUser(row);
  }

  #addAssistant(row: TranscriptRow): void {
    if (row.isApiErrorMessage) {
      this.#turn.state = 'failed';
      this.#turn.failure = { text: textOf(row), name: row.error, status: row.apiErrorStatus };
      return;
    }
    if (row.message?.model === '<synthetic>') return;
    this.#turn.state = endsTurn(row.message?.stop_reason) ? 'finished' : 'open';
    const text = textOf(row);
    if (row.uuid === undefined || text.trim() === '' || this.#repeats.takes(text)) return;
    this.#turn.said.push({ rowUuid: row.uuid, text });
  }

  #addUser(row: TranscriptRow): void {
    if (row.isCompactSummary || row.uuid === this.#uuid) return;
    if (row.isMeta) {
      // "Continue from where you left off.": there was a crash here.
      this.#repeats.continued(this.#turn.said.map(({ text }) => text));
      return;
    }
    if (row.message?.content.some(({ type }) => type === 'tool_result')) {
      this.#repeats.stepEnded();
      this.#turn.state = 'open';
      return;
    }
    if (textOf(row).startsWith('[Request interrupted by user')) this.#turn.state = 'interrupted';
    // The next message, or a background task's note: what follows is another turn.
    else this.#over = true;
  }
}

/** The error of a turn whose last row is an API failure. */
export function failureOfTurn(turn: TranscriptTurn): Error {
  return apiError(turn.failure ?? { text: 'the transcript ends with an API error' });
}

/** Null or none: cut off while it streamed. `tool_use`, `pause_turn`, `max_tokens`: the CLI goes on after these. */
function endsTurn(stopReason: string | null | undefined): boolean {
  return stopReason != null && !['tool_use', 'pause_turn', 'max_tokens'].includes(stopReason);
}
