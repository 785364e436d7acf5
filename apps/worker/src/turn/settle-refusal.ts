import type { ClaudeError } from '@signalbox/claude';
import type { SessionRecord } from '../warm/session-record.ts';
import { words } from '../wording/words.ts';
import { ask, buttons, type MessageRun } from './message-run.ts';

/** From how many refusals in a row on it is the conversation that is at fault, and not the message. */
const ENOUGH = 2;

/**
 * Tells that Claude did not answer, if the API refuses what it is sent: once it may be the message; the second time the person is offered what
 * leads on. Resolves to whether it was one of those failures.
 */
export async function tellIfRefused(
  run: MessageRun,
  error: ClaudeError,
  { record, advice }: { record: Pick<SessionRecord, 'load' | 'change'>; advice: string },
): Promise<boolean> {
  const { taken, job } = run;
  if (error.code !== 'context-full' && error.code !== 'request-refused') return false;
  const loadedFor = { jobId: taken.id, to: job.origin };
  const { refused: before } = (await record.load(loadedFor)).metadata;
  // For whatever reason, which may change from one to the next. The same job again, after a crash, is no further refusal.
  const times = (before?.times ?? 0) + (before?.jobId === taken.id ? 0 : 1);
  await record.change({ refused: { times, jobId: taken.id } }, loadedFor);
  if (times < ENOUGH) await ask(run, `failed-${error.code}`, words.failed(advice), [buttons.retry]);
  else await ask(run, `refused-${error.code}`, words.refusedAgain(advice), ...WAYS_ON);
  return true;
}

const { back, backToGood, compact, clear, retry } = buttons;
const WAYS_ON = [[back], [backToGood], [compact, clear, retry]];
