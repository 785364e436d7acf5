import { type Place, type Reply, replyQueue, SINCE } from '@signalbox/contracts';
import type { AddJob, Routing } from '@signalbox/queues';
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
  { jobId, place }: { jobId: string; place: Place },
  { routing, addJob, say }: { routing: Routing; addJob: AddJob; say: Say },
): Promise<void> {
  if (decision.activate !== undefined) await routing.activate(place, decision.activate);
  if (decision.say !== undefined) await say(jobId, place, decision.say);
  if (decision.enqueue) {
    const { queue, job } = decision.enqueue;
    await addJob(queue, { id: jobId, name: job.kind, data: job });
  }
}
