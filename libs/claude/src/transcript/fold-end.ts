import type { TranscriptRow } from './row.ts';

/**
 * Folds the rows of a transcript, in order, into where the CLI would look for its end in vain. Pure.
 *
 * Each process notes once, in a row of the type `last-prompt`, at which row it resumed, and the next one begins to look there. After a
 * crash in a turn's step that row may be one which the continued turn has left behind, on a branch of its own. If the process then is
 * killed too, before it could note a better one, the next resumes on the dead branch: all that was said since is forgotten, and
 * the message of that branch is run again (measured on 2.1.329).
 */
export class EndFold {
  readonly #parents = new Map<string, string | undefined>();
  #noted: string | undefined;
  #wentOn = false;
  #last: string | undefined;

  /** The conversation's last row, if the CLI would not find it; else undefined. */
  get missed(): string | undefined {
    if (this.#noted === undefined || !this.#wentOn) return undefined;
    for (let at = this.#last; at !== undefined; at = this.#parents.get(at)) if (at === this.#noted) return undefined;
    return this.#last;
  }

  add({ type, uuid, parentUuid, leafUuid, isSidechain }: TranscriptRow): void {
    if (type === 'last-prompt') {
      this.#noted = leafUuid;
      this.#wentOn = false;
    }
    if (uuid === undefined || isSidechain) return;
    this.#parents.set(uuid, parentUuid ?? undefined);
    if (type !== 'user' && type !== 'assistant') return;
    this.#last = uuid;
    this.#wentOn = true;
  }
}
