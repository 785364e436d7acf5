import type { TranscriptTurn } from '@signalbox/claude';
import { messageUuid, type Settings } from '@signalbox/contracts';
import { JobFailed, PauseQueue } from '@signalbox/queues';
import type { Redact } from '@signalbox/service';
import type { SessionRecord } from '../warm/session-record.ts';
import { interruptedPolicyOf } from '../warm/settings-in-force.ts';
import { describeTools } from '../wording/describe-tools.ts';
import { words } from '../wording/words.ts';
import { ask, buttons, type MessageRun } from './message-run.ts';

/** What settling an interruption calls. */
export interface SettleInterruptionNeeds {
  readonly record: Pick<SessionRecord, 'load'>;
  readonly redactBeginning: Redact;
  readSettings(): Promise<Settings>;
  /** Reads what became of a message in a conversation; whatever was alive of the session is dead by then. */
  lookAtTurn(claudeSessionId: string, uuid: string): Promise<TranscriptTurn>;
}

/**
 * Settles, by the session's policy, what becomes of a message whose turn was cut off. Returns if it is to be continued now. Throws
 * `JobFailed` if it is not continued, and `PauseQueue` if the person has to say first.
 */
export async function settleInterruption(run: MessageRun, needs: SettleInterruptionNeeds): Promise<void> {
  const { taken, job } = run;
  const { metadata, persona } = await needs.record.load({ jobId: taken.id, to: job.origin });
  const policy = interruptedPolicyOf({ settings: await needs.readSettings(), persona });
  if (policy === 'resume') return;
  const turn = await needs.lookAtTurn(metadata.claudeSessionId, messageUuid(taken.id));
  if (!wasCutOff(turn)) return;
  const tools = describeTools(turn.tools, needs.redactBeginning);
  if (policy === 'stop') {
    await ask(run, 'cut-off', words.cutOff(tools), [buttons.retry, buttons.drop]);
    throw new JobFailed('Interrupted, and not continued by the policy of the session');
  }
  if (turn.tools.length === 0) return;
  // The same point of the turn is the same question, however often it is come to.
  const what = `ask-${turn.lastRowUuid ?? ''}`;
  const questionId = await ask(run, what, words.askToContinue(tools), [buttons.continue, buttons.drop]);
  throw new PauseQueue('A person has to say whether to continue', { questionId });
}

/** A message that Claude never had is simply run, and of one that it finished only the answer is missing. */
function wasCutOff({ state }: TranscriptTurn): boolean {
  return state === 'open' || state === 'failed';
}
