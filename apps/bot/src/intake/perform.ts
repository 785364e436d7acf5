import { readSessionJob, replyQueue } from '@signalbox/contracts';
import type { AddJob, Overview, Questions, Routing, Waiting } from '@signalbox/queues';
import type { Expectations } from '../asking/expectations.ts';
import { settledId, settleQuestion } from '../asking/settle-question.ts';
import type { Decision } from '../deciding/decision.ts';
import type { CarryOut, Decided } from './carry-out.ts';
import type { ForgetSession } from './forget-session.ts';

/** What performing a decision calls. Each rejects with Redis's error. */
interface PerformDependencies {
  readonly carryOut: CarryOut;
  readonly claim: Routing['claim'];
  readonly answer: Questions['answer'];
  /** A question waits for no text any more. */
  readonly clearExpected: Expectations['clear'];
  readonly edit: Waiting['edit'];
  readonly readJob: Waiting['read'];
  readonly addJob: AddJob;
  readonly forget: ForgetSession;
  /** Whether a queue remembers a job: for longer than Telegram delivers an update again. */
  readonly knows: Overview['knows'];
}

/**
 * Does what was decided and kept, durably, and resolves to what of it held: the decision, or what it says otherwise. Every step may be
 * done again, by another process too, and what held the first time does so again: the first thing that is done about it tells.
 */
export type Perform = (decision: Decision, update: Decided) => Promise<Decision>;

export function createPerform(dependencies: PerformDependencies): Perform {
  return async (decision, update) => {
    const otherwise = (decision.claim ?? decision.answer ?? decision.edit ?? decision.forget)?.otherwise;
    const held = otherwise && !(await holds(decision, otherwise, update, dependencies)) ? otherwise : decision;
    await dependencies.carryOut(held, update);
    return held;
  };
}

async function holds(
  decision: Decision,
  otherwise: Decision,
  update: Decided,
  dependencies: PerformDependencies,
): Promise<boolean> {
  const { claim, answer, edit, forget } = decision;
  const { jobId, isAgain, mayAct } = update;
  if (isAgain && (await isBegun(otherwise, update, dependencies))) return false;
  if (isAgain && (await isBegun(decision, update, dependencies))) return true;
  if (answer) return giveAnswer(answer, update, dependencies);
  // Each could take from another what it has by now.
  await mayAct();
  if (claim) return (await dependencies.claim({ ...claim.card, claimedBy: jobId })).claimedBy === jobId;
  if (forget) return dependencies.forget(forget.card);
  return edit !== undefined && changeJob(edit, update, dependencies);
}

/** Whether the first thing that people or a worker would notice of a decision is done. */
async function isBegun(
  { answer, say, enqueue }: Decision,
  { jobId, origin }: Decided,
  { knows }: PerformDependencies,
): Promise<boolean> {
  const replies = replyQueue(origin.place.chatId).name;
  if (answer) return knows(replies, settledId(jobId));
  if (say !== undefined || !enqueue) return knows(replies, jobId);
  return knows(enqueue.queue.name, jobId);
}

/** Answers the first question that still waits for it, and has its message show that. */
async function giveAnswer(
  { to }: NonNullable<Decision['answer']>,
  { jobId: id, origin: { place, userId, userName: by } }: Decided,
  { answer, clearExpected, addJob }: PerformDependencies,
): Promise<boolean> {
  for (const { about, questionId, value, shown } of to) {
    const holding = await answer({ questionId, about }, { id, value, by });
    if (holding?.id === id) await settleQuestion(addJob, id, { questionId, place }, shown);
    await clearExpected(place, userId, questionId);
    if (holding?.id === id) return true;
  }
  return false;
}

/** Gives a job that waits another text. One that has it already got it from this update, by a process that was cut off then. */
async function changeJob(
  { queue, jobId, job }: NonNullable<Decision['edit']>,
  { isAgain }: Decided,
  { edit, readJob }: PerformDependencies,
): Promise<boolean> {
  if (await edit(queue.name, jobId, job)) return true;
  if (!isAgain) return false;
  const now = readSessionJob(await readJob(queue.name, jobId));
  return now.status === 'ok' && now.value.kind === 'message' && now.value.text === job.text;
}
