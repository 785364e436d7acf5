import { findLoss, type HistoryLoss, keepCopy, restoreCopy } from '@signalbox/claude';
import type { Log } from '@signalbox/service';
import type { Metadata } from '@signalbox/sessions';
import type { ClaudeSetup } from './claude-setup.ts';

/** What was said in the conversation is not there any more, wholly or at its end: Claude would not remember it. */
export class HistoryGone extends Error {
  override readonly name = 'HistoryGone';
  readonly loss: HistoryLoss;

  constructor(loss: HistoryLoss) {
    super(`The history of the conversation is ${loss}`);
    this.loss = loss;
  }
}

interface SessionHistoryNeeds {
  readonly session: string;
  readonly setup: Pick<ClaudeSetup, 'configDir' | 'environment'>;
  /** The directory of the copies. */
  readonly copies: string;
  readonly log: Log;
  /** Told when a history was given back to Claude from its copy. */
  onRestored(metadata: Metadata): Promise<void>;
}

/** Looks after the transcripts of a session, which are Claude's own: anybody may delete them. For the holder of the session's lease. */
export class SessionHistory {
  readonly #needs: SessionHistoryNeeds;

  constructor(needs: SessionHistoryNeeds) {
    this.#needs = needs;
  }

  /**
   * Makes sure, before Claude is started, that it will know what was said; if need be from the copy. `stopClaude`: called before that is given
   * back, if a Claude may run. Throws `HistoryGone`, and what the file system throws.
   */
  async require(metadata: Metadata, stopClaude?: () => Promise<void>): Promise<void> {
    const { claudeSessionId, lastRow } = metadata;
    if (lastRow === undefined) return;
    const loss = await findLoss(this.#conversation(claudeSessionId), lastRow);
    if (loss === undefined) return;
    await stopClaude?.();
    const { session, log, onRestored } = this.#needs;
    if (!(await restoreCopy(this.#conversation(claudeSessionId), lastRow, Date.now()))) throw new HistoryGone(loss);
    log.warn({ session, loss }, 'A transcript of Claude’s was given back from its copy');
    await onRestored(metadata);
  }

  /** Keeps a copy of the conversation as it is now, and those of the conversations that can be brought back. Never rejects. */
  async keep({ claudeSessionId, earlier = [] }: Metadata): Promise<void> {
    const others = earlier.map((each) => each.claudeSessionId);
    const onError = (err: unknown) =>
      this.#needs.log.warn({ err, session: this.#needs.session }, 'No copy of a transcript could be kept');
    await keepCopy(this.#conversation(claudeSessionId), others).catch(onError);
  }

  #conversation(claudeSessionId: string) {
    const { setup, copies } = this.#needs;
    return { claudeSessionId, copies, configDir: setup.configDir, environment: setup.environment };
  }
}
