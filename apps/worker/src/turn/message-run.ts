import type { ClaudeProcess } from '@signalbox/claude';
import { type AnswerButton, type Choice, type MessageJob, noticeReplyId, type QueueRef } from '@signalbox/contracts';
import type { TakenJob } from '@signalbox/queues';
import type { TakenFile } from '../files/taken-file.ts';
import type { Publisher } from '../output/publish.ts';
import type { Progress } from '../progress/show-progress.ts';

/** A message job at work. */
export interface MessageRun {
  readonly taken: TakenJob;
  readonly job: MessageJob;
  /** The session's queue. */
  readonly queue: QueueRef;
  readonly publisher: Publisher;
  /** Aborted when the job must be left as it is, for whoever goes on with it. */
  readonly signal: AbortSignal;
  /** Aborted with `Stopped` when a person wants the turn to end for good. */
  readonly stop: AbortSignal;
}

/**
 * Which message the answers of a turn are shown as replies to, asked anew for each. In a group they always are; else when more than one message
 * was waiting, so that nobody need guess which one is answered. Never rejects.
 */
export type AnswersTo = () => Promise<number | undefined>;

/** A message's turn: who handles it, and who is shown what. */
export interface Turn {
  readonly process: ClaudeProcess;
  readonly files: readonly TakenFile[];
  readonly progress: Progress;
  readonly answersTo: AnswersTo;
}

/** What a question about a message can be answered with. */
export const buttons = {
  retry: choose('Retry', 'retry'),
  continue: choose('Continue', 'continue'),
  tryNow: choose('Try now', 'continue'),
  drop: choose('Drop', 'drop'),
  goOnWithoutIt: choose('Go on without it', 'continue'),
  stop: choose('Stop', 'drop'),
  back: choose('Back to before this message', 'back'),
  backToGood: choose('Back to the last good turn', 'back-to-good'),
  compact: choose('Compact', 'compact'),
  clear: choose('Clear', 'clear'),
};

function choose(label: string, value: Choice): AnswerButton {
  return { label, act: { do: 'answer', value } };
}

/** Asks the person what is to become of the message; the same `what` once. Resolves to the question's id. */
export async function ask(
  { taken, job, queue, publisher }: Pick<MessageRun, 'taken' | 'job' | 'queue' | 'publisher'>,
  what: string,
  text: string,
  ...rows: AnswerButton[][]
): Promise<string> {
  const id = noticeReplyId(taken.id, what);
  await publisher.question(id, job.origin, { about: { queue, jobId: taken.id }, text, rows });
  return id;
}
