import {
  type JobSubject,
  type MessageJob,
  noticeReplyId,
  type Origin,
  type Place,
  type Reply,
  replyQueue,
  SINCE,
} from '@signalbox/contracts';
import type { AddJob, Routing, Signals } from '@signalbox/queues';
import type { Decision } from '../deciding/decision.ts';
import type { EarlierFiles } from '../files/earlier-files.ts';
import type { GroupTalk } from '../groups/group-talk.ts';
import type { KeptMessages } from '../keeping/kept-messages.ts';
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
  readonly routing: Pick<Routing, 'activate' | 'changeCard' | 'movePlaces'>;
  readonly keepJobOfMessage: Routing['keepJobOfMessage'];
  readonly keepFiles: EarlierFiles['keep'];
  readonly stop: Signals['stop'];
  readonly addJob: AddJob;
  readonly say: Say;
  readonly makeTopic: MakeTopic;
  /** What others said before a message was given along with it. */
  readonly forgetTalk: GroupTalk['forgetBefore'];
  /** What is written where there is no session. */
  readonly kept: Pick<KeptMessages, 'add' | 'change' | 'take'>;
}

/** Does what is done in any case, durably. Every step may be done again: the job's id and the reply's id are the update's. */
export type CarryOut = (decision: Decision, update: Decided) => Promise<void>;

export function createCarryOut(dependencies: CarryOutDependencies): CarryOut {
  const { routing, stop, addJob, say } = dependencies;
  return async (decision, update) => {
    const { jobId, origin, mayAct } = update;
    const { place, userName: by } = origin;
    if (decision.kept?.add ?? decision.kept?.change) await keep(decision.kept, update, dependencies);
    const where = decision.topic === undefined ? place : await ownTopic(decision.topic, { jobId, place }, dependencies);
    if (decision.activate !== undefined) {
      await mayAct();
      await routing.activate(where, decision.activate);
    }
    if (decision.putAway !== undefined) {
      await mayAct();
      await routing.changeCard(decision.putAway, { archived: true });
      await routing.movePlaces(decision.putAway, undefined);
    }
    for (const { queue, jobIds } of decision.stop ?? [])
      for (const stopped of jobIds) await stop(queue, { id: jobId, jobId: stopped, by });
    if (decision.menu) {
      const data: Reply = { version: SINCE.menu, kind: 'menu', place, ...decision.menu };
      await addJob(replyQueue(place.chatId), { id: `menu-${jobId}`, name: 'menu', data });
    }
    if (decision.say !== undefined) await say(decision.sayId ?? jobId, place, decision.say);
    await enqueueAll(decision, { jobId, where }, dependencies);
    // Last: what is taken from there is a job by now.
    if (decision.kept?.take) await dependencies.kept.take(place, decision.kept.take);
    await forgetGiven(decision, origin, dependencies);
  };
}

/** Before the job: an edit that comes at once must find it, and so must a reply to an album that Claude has. */
async function keepForLater(
  { origin: { place, messageId }, files, album }: MessageJob,
  job: JobSubject,
  { keepJobOfMessage, keepFiles }: Pick<CarryOutDependencies, 'keepJobOfMessage' | 'keepFiles'>,
): Promise<void> {
  const { chatId } = place;
  await keepJobOfMessage(chatId, messageId, job);
  if (files && album !== undefined) await keepFiles({ chatId, messageId, album }, files);
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
  dependencies: Pick<CarryOutDependencies, 'addJob' | 'keepJobOfMessage' | 'keepFiles'>,
): Promise<void> {
  const first = enqueue ? [{ ...enqueue, id: jobId }] : [];
  for (const { queue, job, id = `${jobId}-next` } of [...first, ...afterwards]) {
    if (job.kind === 'message' && id !== `${jobId}-next`) await keepForLater(job, { queue, jobId: id }, dependencies);
    await dependencies.addJob(queue, { id, name: job.kind, data: { ...job, origin: { ...job.origin, place: where } } });
  }
}

/** What others said in between is given along once. */
async function forgetGiven(
  { enqueue, kept }: Decision,
  { place, messageId }: Origin,
  { forgetTalk }: Pick<CarryOutDependencies, 'forgetTalk'>,
): Promise<void> {
  const given = enqueue?.job.kind === 'message' ? enqueue.job.talk : kept?.add?.talk;
  if (given) await forgetTalk(place, messageId);
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
