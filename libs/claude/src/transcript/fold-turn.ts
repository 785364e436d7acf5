import { type ApiFailure, apiError } from '../errors/classify-failure.ts';
import type { ContentBlock } from '../stream/content-block.ts';
import { toolContent } from '../turn/describe-line.ts';
import { Repeats } from '../turn/repeats.ts';
import { hasToolResult, isInterruption, type TranscriptRow, textOf } from './row.ts';

/** A text block of Claude's, by its row. */
export interface SpokenRow {
  rowUuid: string;
  text: string;
  /** How many tools were used in the turn before it. */
  toolsBefore: number;
}

/** A use of a tool in a turn. `open`: there is no result, so that it may have run, wholly or in part. */
export interface ToolUse {
  id: string;
  name: string;
  input: Record<string, unknown>;
  state: 'open' | 'done' | 'failed';
  /** How many texts were said in the turn before it. */
  textsBefore: number;
  /** The beginning of what it returned. */
  result?: string;
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
  tools: ToolUse[];
  /** The last row of the turn: two looks that find the same one found the turn at the same point. */
  lastRowUuid?: string;
  failure?: ApiFailure;
  /** Where the row begins with which the CLI continued after a crash, in bytes, if it came no further. */
  bareContinuation?: number;
  /**
   * Where the row begins with which the CLI denied a tool by itself, because its input had ended while it asked for permission, in bytes:
   * whoever was to answer was gone. The turn is open at that point, whatever follows.
   */
  unanswered?: number;
}

/** Of a message that no transcript has. */
export const ABSENT: TranscriptTurn = { state: 'absent', said: [], tools: [] };

/** The hidden message with which the CLI continues a turn by itself (measured on 2.1.329). */
const CONTINUATION = 'Continue from where you left off.';

/** What the CLI gives Claude for a tool when its input ends before somebody has answered (measured on 2.1.329). */
const UNANSWERED = 'Tool permission request failed: AbortError';

/** Folds the rows of a transcript, in order, into what became of one message. Pure. */
export class TurnFold {
  readonly #uuid: string;
  #turn: TranscriptTurn = { state: 'absent', said: [], tools: [] };
  readonly #openTools = new Map<string, ToolUse>();
  readonly #repeats = new Repeats();
  /** The turn's rows so far. */
  readonly #rows = new Set<string>();
  #over = false;

  constructor(uuid: string) {
    this.#uuid = uuid;
  }

  get turn(): TranscriptTurn {
    return this.#turn;
  }

  /** @param offset where the row begins in the file, in bytes */
  add(row: TranscriptRow, offset: number): void {
    if (row.isSidechain || this.#over) return;
    if (this.#turn.state === 'absent') {
      if (row.type !== 'user' || row.uuid !== this.#uuid) return;
      this.#turn.state = 'open';
      this.#chain(row);
      return;
    }
    // Results of tools called side by side follow one and the same row; nothing else does.
    if (row.type !== 'user') this.#noteBranch(row);
    if (row.type === 'assistant') this.#addAssistant(row);
    else if (row.type === 'user') this.#addUser(row, offset);
    this.#chain(row);
  }

  #chain({ uuid }: TranscriptRow): void {
    if (this.#over || uuid === undefined) return;
    this.#rows.add(uuid);
    this.#turn.lastRowUuid = uuid;
  }

  /**
   * A crash in the first step leaves no continuation: the CLI forgets the step and runs the message again (measured on 2.1.329). That
   * shows in a row which follows an earlier one than the last: Claude's, or an attachment before it.
   */
  #noteBranch({ parentUuid }: TranscriptRow): void {
    if (parentUuid == null || parentUuid === this.#turn.lastRowUuid || !this.#rows.has(parentUuid)) return;
    this.#repeats.continued(this.#turn.said.map(({ text }) => text));
  }

  #addAssistant(row: TranscriptRow): void {
    if (row.message?.stop_reason != null) delete this.#turn.bareContinuation;
    if (row.isApiErrorMessage) {
      this.#turn.state = 'failed';
      this.#turn.failure = { text: textOf(row), name: row.error, status: row.apiErrorStatus };
      return;
    }
    if (row.message?.model === '<synthetic>') return;
    this.#turn.state = endsTurn(row.message?.stop_reason) ? 'finished' : 'open';
    this.#addTools(row);
    const text = textOf(row);
    if (row.uuid === undefined || text.trim() === '' || this.#repeats.takes(text)) return;
    this.#turn.said.push({ rowUuid: row.uuid, text, toolsBefore: this.#turn.tools.length });
  }

  #addUser(row: TranscriptRow, offset: number): void {
    if (row.isCompactSummary || row.uuid === this.#uuid) return;
    if (row.isMeta) {
      if (textOf(row).startsWith(CONTINUATION)) this.#addContinuation(offset);
      return;
    }
    if (hasToolResult(row)) {
      const results = row.message?.content ?? [];
      // What Claude did with that is as void as the denial.
      if (results.some(({ content }) => toolContent(content).startsWith(UNANSWERED))) {
        this.#turn.unanswered = offset;
        this.#turn.state = 'open';
        this.#over = true;
        return;
      }
      for (const block of results) this.#endTool(block);
      this.#repeats.stepEnded();
      delete this.#turn.bareContinuation;
      this.#turn.state = 'open';
      return;
    }
    if (isInterruption(row)) this.#turn.state = 'interrupted';
    // The next message, or a background task's note: what follows is another turn.
    else this.#over = true;
  }

  #addTools(row: TranscriptRow): void {
    for (const { type, id, name, input } of row.message?.content ?? []) {
      if (type !== 'tool_use' || name === undefined) continue;
      const use: ToolUse = {
        id: id ?? '',
        name,
        input: input ?? {},
        state: 'open',
        textsBefore: this.#turn.said.length,
      };
      this.#turn.tools.push(use);
      this.#openTools.set(use.id, use);
    }
  }

  #endTool({ tool_use_id: id = '', is_error: isError, content }: ContentBlock): void {
    const use = this.#openTools.get(id);
    if (!use) return;
    use.state = isError ? 'failed' : 'done';
    use.result = toolContent(content);
  }

  /** There was a crash before this row. */
  #addContinuation(offset: number): void {
    this.#turn.bareContinuation ??= offset;
    this.#repeats.continued(this.#turn.said.map(({ text }) => text));
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
