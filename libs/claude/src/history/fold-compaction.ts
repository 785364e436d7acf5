import { type TranscriptRow, textOf } from '../transcript/row.ts';

/** What became of a `/compact`. */
export type Compaction = { readonly done: true } | { readonly done: false; readonly reason: string };

/** What the CLI wraps its own words in. */
const OUTPUT = /^<local-command-std(?:out|err)>([\s\S]*?)<\/local-command-std(?:out|err)>$/;

/**
 * Folds the rows of a transcript, in order, into what became of one `/compact`. Pure. Only a boundary tells that it was done; what the
 * CLI says of a failure stands behind the command. A crash before either leaves the command to be run again.
 */
export class CompactionFold {
  readonly #uuid: string;
  #hasCommand = false;
  /** Nothing was said, and no other command was given, since the last boundary. */
  #isBehindBoundary = false;
  #outcome: Compaction | undefined;

  /** @param uuid of the message with the command */
  constructor(uuid: string) {
    this.#uuid = uuid;
  }

  /** Undefined if it did not come to an end. */
  get outcome(): Compaction | undefined {
    return this.#outcome;
  }

  add(row: TranscriptRow): void {
    if (row.isSidechain || this.#outcome) return;
    if (row.type === 'system' && row.subtype === 'compact_boundary') this.#isBehindBoundary = true;
    else if (row.uuid === this.#uuid) this.#hasCommand = true;
    else if (this.#hasCommand) this.#noteFailure(row);
    else if (isSaid(row)) this.#isBehindBoundary = false;
    if (this.#hasCommand && this.#isBehindBoundary) this.#outcome = { done: true };
  }

  /** The CLI's own words follow the command. If anything else does, they were lost. */
  #noteFailure(row: TranscriptRow): void {
    const [, words] = OUTPUT.exec((row.content ?? textOf(row)).trim()) ?? [];
    if (words !== undefined || isSaid(row)) this.#outcome = { done: false, reason: words?.trim() ?? '' };
  }
}

/** What the CLI adds of its own to a summary is none of it. */
function isSaid(row: TranscriptRow): boolean {
  if (row.type === 'assistant') return true;
  if (row.type !== 'user' || row.isCompactSummary || row.isMeta) return false;
  return !textOf(row).trimStart().startsWith('<local-command-caveat>');
}
