import { hasToolResult, isInterruption, isOfTheCli, type TranscriptRow, textOf } from '../transcript/row.ts';

/** Longest beginning of a message that is kept in mind, in UTF-16 units. */
const LONGEST_TEXT = 4_000;

/** A turn of a conversation, as its transcript has it. */
export interface PastTurn {
  /** The row of the message. */
  readonly uuid: string;
  /** The beginning of the message. */
  readonly text: string;
  /** In ms since the epoch; undefined if the transcript does not say. */
  readonly at: number | undefined;
  /** `failed`: the API refused it in the end. `open`: Claude said nothing. */
  readonly state: 'answered' | 'failed' | 'open';
  /** Claude has it only in a summary. */
  readonly isSummarised: boolean;
}

/** What matters of a row. */
interface Link {
  readonly parent: string | undefined;
  readonly begins?: Pick<PastTurn, 'uuid' | 'text' | 'at'>;
  readonly answers?: 'answered' | 'failed';
  readonly isBoundary: boolean;
}

/**
 * Folds the rows of a transcript, in order, into the turns that led to its end: what was left behind on a branch of its own, after a
 * crash or because somebody went back, is none of them. Pure.
 */
export class TurnsFold {
  readonly #links = new Map<string, Link>();
  #last: string | undefined;

  add(row: TranscriptRow): void {
    const { type, uuid, isSidechain } = row;
    if (uuid === undefined || isSidechain) return;
    const isBoundary = type === 'system' && row.subtype === 'compact_boundary';
    // A boundary follows nothing, but says behind what it stands.
    const parent = row.parentUuid ?? row.logicalParentUuid ?? undefined;
    const begins = beginsTurn(row) ? { uuid, text: textOf(row).slice(0, LONGEST_TEXT), at: timeOf(row) } : undefined;
    const answers = answersIn(row);
    this.#links.set(uuid, { parent, isBoundary, ...(begins && { begins }), ...(answers && { answers }) });
    if (type === 'user' || type === 'assistant') this.#last = uuid;
  }

  /** The last row of what was said. */
  get lastRow(): string | undefined {
    return this.#last;
  }

  /** Oldest first. */
  get turns(): PastTurn[] {
    const turns: PastTurn[] = [];
    let [answer, isSummarised]: [PastTurn['state'], boolean] = ['open', false];
    const seen = new Set<string>();
    for (let at = this.#last; at !== undefined && !seen.has(at); ) {
      seen.add(at);
      const link = this.#links.get(at);
      if (link === undefined) break;
      if (answer === 'open') answer = link.answers ?? 'open';
      if (link.begins) {
        turns.push({ ...link.begins, state: answer, isSummarised });
        answer = 'open';
      }
      isSummarised ||= link.isBoundary;
      at = link.parent;
    }
    return turns.reverse();
  }
}

/** Whether a row is a message of a person. */
function beginsTurn(row: TranscriptRow): boolean {
  if (row.type !== 'user' || row.isMeta || row.isCompactSummary || hasToolResult(row) || isInterruption(row))
    return false;
  return row.origin?.kind !== 'task-notification' && !isOfTheCli(row);
}

/** What the CLI says itself is no answer. */
function answersIn(row: TranscriptRow): 'answered' | 'failed' | undefined {
  if (row.type !== 'assistant') return undefined;
  if (row.isApiErrorMessage) return 'failed';
  return row.message?.model === '<synthetic>' ? undefined : 'answered';
}

function timeOf({ timestamp }: TranscriptRow): number | undefined {
  const at = Date.parse(timestamp ?? '');
  return Number.isNaN(at) ? undefined : at;
}
