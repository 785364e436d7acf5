import { type Place, type Reply, replyQueue, SINCE } from '@signalbox/contracts';
import type { AddJob } from '@signalbox/queues';

/** The message of a question. */
export interface ShownQuestion {
  readonly questionId: string;
  readonly place: Place;
  /** Default: the last one of the question, as far as that is still known. */
  readonly messageId?: number;
}

/** The reply that shows what an update has answered or chosen. */
export function settledId(updateId: string): string {
  return `settled-${updateId}`;
}

/** Has the message show what was answered or chosen by an update, in place of its buttons. Rejects with Redis's error. */
export async function settleQuestion(
  addJob: AddJob,
  updateId: string,
  question: ShownQuestion,
  text: string,
): Promise<void> {
  const data: Reply = { version: SINCE.settled, kind: 'settled', text, ...question };
  await addJob(replyQueue(question.place.chatId), { id: settledId(updateId), name: 'settled', data });
}

/** Has the message show its buttons as they are kept now. Rejects with Redis's error. */
export async function refreshQuestion(
  addJob: AddJob,
  updateId: string,
  question: Required<ShownQuestion>,
): Promise<void> {
  const data: Reply = { version: SINCE.refreshed, kind: 'refreshed', text: '', ...question };
  await addJob(replyQueue(question.place.chatId), { id: `refreshed-${updateId}`, name: 'refreshed', data });
}
