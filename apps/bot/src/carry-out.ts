import { type Origin, type Place, type QueueRef, type Reply, replyQueue, SINCE } from '@signalbox/contracts';
import type { AddJob, Routing, Signals } from '@signalbox/queues';
import type { Decision } from './decision.ts';

/** Says something in a place, through its chat's reply queue. The same id is said once. */
export type Say = (
  id: string,
  place: Place,
  text: string,
  options?: { replyTo?: number; silent?: boolean },
) => Promise<void>;

export function createSay(addJob: AddJob): Say {
  return async (id, place, text, options = {}) => {
    const reply: Reply = { version: SINCE.text, kind: 'text', place, text, ...options };
    await addJob(replyQueue(place.chatId), { id, name: 'text', data: reply });
  };
}

/** Does what was decided, durably. Every step may be done again: the job's id and the reply's id are the update's. */
export async function carryOut(
  decision: Decision,
  { jobId, origin }: { jobId: string; origin: Origin },
  { routing, addJob, say, signals }: { routing: Routing; addJob: AddJob; say: Say; signals: Signals },
): Promise<void> {
  const { place, messageId, userName: by } = origin;
  if (decision.activate !== undefined) await routing.activate(place, decision.activate);
  for (const stopped of decision.stop?.jobIds ?? [])
    await signals.stop(decision.stop?.queue as QueueRef, { id: jobId, jobId: stopped, by });
  if (decision.settle) {
    const data: Reply = { version: SINCE.settled, kind: 'settled', place, ...decision.settle };
    await addJob(replyQueue(place.chatId), { id: `settled-${jobId}`, name: 'settled', data });
  }
  if (decision.menu) {
    const data: Reply = { version: SINCE.menu, kind: 'menu', place, ...decision.menu };
    await addJob(replyQueue(place.chatId), { id: `menu-${jobId}`, name: 'menu', data });
  }
  if (decision.say !== undefined) await say(jobId, place, decision.say);
  if (decision.enqueue) {
    const { queue, job } = decision.enqueue;
    // Before the job: an edit that comes at once must find it.
    if (job.kind === 'message') await routing.noteMessage(place.chatId, messageId, { queue, jobId });
    await addJob(queue, { id: jobId, name: job.kind, data: job });
  }
}
