import { noticeReplyId } from '@signalbox/contracts';
import { PauseQueue, type TakenJob } from '@signalbox/queues';
import type { HistoryGone } from '../warm/session-history.ts';
import type { SessionRecord } from '../warm/session-record.ts';
import { words } from '../wording/words.ts';
import { ask, buttons, type MessageRun } from './message-run.ts';

const WHAT = 'history';

/** Asks whether Claude is to go on without what it no longer knows. Resolves to what pauses the queue until that is answered. */
export async function askAboutHistory(run: MessageRun, { loss }: HistoryGone): Promise<PauseQueue> {
  const questionId = await ask(run, WHAT, words.historyGone(loss), [buttons.goOnWithoutIt, buttons.stop]);
  return new PauseQueue('A person has to say whether to go on without the history', { questionId });
}

/** If a person has said that Claude is to go on without it, it is expected no more. */
export async function forgetHistoryIfWanted(
  { taken, job }: { taken: Pick<TakenJob, 'id' | 'chosen'>; job: MessageRun['job'] },
  record: Pick<SessionRecord, 'change'>,
): Promise<void> {
  const { choice, questionId } = taken.chosen ?? {};
  if (choice !== 'continue' || questionId !== noticeReplyId(taken.id, WHAT)) return;
  await record.change({ lastRow: undefined }, { jobId: taken.id, to: job.origin });
}
