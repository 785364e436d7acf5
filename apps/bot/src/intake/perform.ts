import { noticeReplyId, type Origin, type Place, type Reply, replyQueue, SINCE } from '@signalbox/contracts';
import type { AddJob, Routing, Signals } from '@signalbox/queues';
import type { Expectations } from '../asking/expectations.ts';
import type { Decision } from '../deciding/decision.ts';
import type { MakeTopic } from '../telegram/topics.ts';
import { words } from '../wording/words.ts';

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

interface CarryingParts {
  readonly routing: Pick<Routing, 'activate' | 'noteMessage'>;
  readonly signals: Signals;
  readonly expectations: Pick<Expectations, 'clear'>;
  readonly addJob: AddJob;
  readonly say: Say;
  readonly makeTopic: MakeTopic;
}

/**
 * Does what was decided, durably. Every step may be done again: the job's id and the reply's id are the update's. The one that another
 * update may have overtaken meanwhile is done only if `mayAct` resolves.
 */
export async function carryOut(
  decision: Decision,
  { jobId, origin, mayAct }: { jobId: string; origin: Origin; mayAct(): Promise<void> },
  parts: CarryingParts,
): Promise<void> {
  const { routing, addJob, say, signals, expectations } = parts;
  const { place, messageId, userId, userName: by } = origin;
  const where = decision.topic === undefined ? place : await ownTopic(decision.topic, { jobId, place }, parts);
  if (decision.activate !== undefined) {
    await mayAct();
    await routing.activate(where, decision.activate);
  }
  // The version before kept one, not a list.
  for (const { queue, jobIds } of [decision.stop ?? []].flat())
    for (const stopped of jobIds) await signals.stop(queue, { id: jobId, jobId: stopped, by });
  if (decision.settle) {
    const data: Reply = { version: SINCE.settled, kind: 'settled', place, ...decision.settle };
    await addJob(replyQueue(place.chatId), { id: `settled-${jobId}`, name: 'settled', data });
    await expectations.clear(place, userId, decision.settle.questionId);
  }
  if (decision.menu) {
    const data: Reply = { version: SINCE.menu, kind: 'menu', place, ...decision.menu };
    await addJob(replyQueue(place.chatId), { id: `menu-${jobId}`, name: 'menu', data });
  }
  if (decision.say !== undefined) await say(jobId, place, decision.say);
  if (!decision.enqueue) return;
  const { queue, job } = decision.enqueue;
  // Before the job: an edit that comes at once must find it.
  if (job.kind === 'message') await routing.noteMessage(place.chatId, messageId, { queue, jobId });
  const at = <Job extends { origin: Origin }>(each: Job) => ({ ...each, origin: { ...each.origin, place: where } });
  await addJob(queue, { id: jobId, name: job.kind, data: at(job) });
  const { afterwards } = decision;
  if (!afterwards) return;
  const { queue: line, job: next } = afterwards;
  await addJob(line, { id: `${jobId}-next`, name: next.kind, data: at(next) });
}

/** The topic that was made for the job; where it came from if Telegram refuses one. Says so in either case. */
async function ownTopic(
  name: string,
  { jobId, place }: { jobId: string; place: Place },
  { makeTopic, say }: CarryingParts,
): Promise<Place> {
  const made = await makeTopic(jobId, place.chatId, name);
  const isMade = !('refused' in made);
  await say(noticeReplyId(jobId, 'topic'), place, isMade ? words.hasTopic(name) : words.noTopic(made.refused));
  return isMade ? made : place;
}
