import { noticeReplyId, type Origin, type Place, type Reply, replyQueue, SINCE } from '@signalbox/contracts';
import type { AddJob, Routing, Signals } from '@signalbox/queues';
import type { KeptMessages } from '../asking/kept-messages.ts';
import type { Decision } from '../deciding/decision.ts';
import type { Say } from '../telegram/say.ts';
import type { MakeTopic } from '../telegram/topics.ts';
import { words } from '../wording/words.ts';

/** The update whose decision is done. `isAgain`: it was kept before, so some of it may be done already. */
export interface Decided {
  readonly jobId: string;
  readonly origin: Origin;
  readonly isAgain: boolean;
  /** Resolves if this process may do what would undo another's work. */
  mayAct(): Promise<void>;
}

/** What carrying out a decision calls. Each rejects with Redis's error. */
interface CarryOutDependencies {
  readonly activate: Routing['activate'];
  readonly noteMessage: Routing['noteMessage'];
  readonly stop: Signals['stop'];
  readonly addJob: AddJob;
  readonly say: Say;
  readonly makeTopic: MakeTopic;
  /** What is written where there is no session. */
  readonly kept: Pick<KeptMessages, 'add' | 'change' | 'take'>;
}

/** Does what is done in any case, durably. Every step may be done again: the job's id and the reply's id are the update's. */
export type CarryOut = (decision: Decision, update: Decided) => Promise<void>;

export function createCarryOut(dependencies: CarryOutDependencies): CarryOut {
  const { activate, stop, addJob, say } = dependencies;
  return async (decision, update) => {
    const { jobId, origin, mayAct } = update;
    const { place, userName: by } = origin;
    if (decision.kept?.add ?? decision.kept?.change) await keep(decision.kept, update, dependencies);
    const where = decision.topic === undefined ? place : await ownTopic(decision.topic, { jobId, place }, dependencies);
    if (decision.activate !== undefined) {
      await mayAct();
      await activate(where, decision.activate);
    }
    for (const { queue, jobIds } of decision.stop ?? [])
      for (const stopped of jobIds) await stop(queue, { id: jobId, jobId: stopped, by });
    if (decision.menu) {
      const data: Reply = { version: SINCE.menu, kind: 'menu', place, ...decision.menu };
      await addJob(replyQueue(place.chatId), { id: `menu-${jobId}`, name: 'menu', data });
    }
    if (decision.say !== undefined) await say(jobId, place, decision.say);
    await enqueueAll(decision, { jobId, where }, dependencies);
    // Last: what is taken from there is a job by now.
    if (decision.kept?.take) await dependencies.kept.take(place, decision.kept.take);
  };
}

async function keep(
  { add, change }: NonNullable<Decision['kept']>,
  { jobId, origin: { place }, mayAct }: Decided,
  { kept }: Pick<CarryOutDependencies, 'kept'>,
): Promise<void> {
  await mayAct();
  if (add) await kept.add(place, { ...add, jobId });
  if (change) await kept.change(place, change);
}

/** Adds the jobs, in order, as what was asked for in the place `where`. */
async function enqueueAll(
  { enqueue, afterwards = [] }: Decision,
  { jobId, where }: { jobId: string; where: Place },
  { addJob, noteMessage }: Pick<CarryOutDependencies, 'addJob' | 'noteMessage'>,
): Promise<void> {
  const first = enqueue ? [{ ...enqueue, id: jobId }] : [];
  for (const { queue, job, id = `${jobId}-next` } of [...first, ...afterwards]) {
    const { place, messageId } = job.origin;
    // Before the job: an edit that comes at once must find it.
    const isWritten = job.kind === 'message' && id !== `${jobId}-next`;
    if (isWritten) await noteMessage(place.chatId, messageId, { queue, jobId: id });
    await addJob(queue, { id, name: job.kind, data: { ...job, origin: { ...job.origin, place: where } } });
  }
}

/** The topic that was made for the job; where it came from if Telegram refuses one. Says so in either case. */
async function ownTopic(
  name: string,
  { jobId, place }: { jobId: string; place: Place },
  { makeTopic, say }: Pick<CarryOutDependencies, 'makeTopic' | 'say'>,
): Promise<Place> {
  const made = await makeTopic(jobId, place.chatId, name);
  const isMade = !('refused' in made);
  await say(noticeReplyId(jobId, 'topic'), place, isMade ? words.hasTopic(name) : words.noTopic(made.refused));
  return isMade ? made : place;
}
