import { lookAtTurn, type TranscriptTurn } from '@signalbox/claude';
import { messageUuid } from '@signalbox/contracts';
import { JobFailed, PauseQueue } from '@signalbox/queues';
import { interruptedPolicyOf } from '../control/describe-setting.ts';
import { loadSession } from '../session/load-session.ts';
import { describeTools } from '../wording/describe-tools.ts';
import { words } from '../wording/words.ts';
import { ask, buttons, type MessageRun } from './message-run.ts';

/**
 * Settles, by the session's policy, what becomes of a message whose turn was cut off. Returns if it is to be continued now. Throws
 * `JobFailed` if it is not continued, and `PauseQueue` if the person has to say first.
 */
export async function settleInterruption(run: MessageRun): Promise<void> {
  const { job, publisher, taken, parts } = run;
  const loaded = await loadSession(job.session, parts);
  for (const { what, text } of loaded.notices) await publisher.notice(taken.id, what, job.origin, text);
  const policy = interruptedPolicyOf(await parts.store.peekSettings(job.session), loaded.persona);
  if (policy === 'resume') return;
  const turn = await lookAtTurn(
    {
      configDir: parts.claude.configDir,
      environment: parts.claude.environment,
      claudeSessionId: loaded.metadata.claudeSessionId,
      marker: parts.store.paths(job.session).dir,
    },
    messageUuid(taken.id),
  );
  if (!wasCutOff(turn)) return;
  const tools = describeTools(turn.tools, parts.redactBeginning);
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
