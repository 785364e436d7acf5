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
}

/** Does what is done in any case, durably. Every step may be done again: the job's id and the reply's id are the update's. */
export type CarryOut = (decision: Decision, update: Decided) => Promise<void>;

export function createCarryOut(dependencies: CarryOutDependencies): CarryOut {
  const { routing, stop, addJob, say, forgetTalk } = dependencies;
  return async (decision, { jobId, origin, mayAct }) => {
    const { place, userName: by } = origin;
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
    if (decision.say !== undefined) await say(jobId, place, decision.say);
    const { enqueue, afterwards } = decision;
    if (enqueue?.job.kind === 'message') {
      await keepForLater(enqueue.job, { queue: enqueue.queue, jobId }, dependencies);
    }
    const at = <Job extends { origin: Origin }>(job: Job) => ({ ...job, origin: { ...job.origin, place: where } });
    for (const [index, each] of [enqueue, afterwards].entries())
      if (each)
        await addJob(each.queue, {
          id: index === 0 ? jobId : `${jobId}-next`,
          name: each.job.kind,
          data: at(each.job),
        });
    if (enqueue?.job.kind === 'message' && enqueue.job.talk) await forgetTalk(place, origin.messageId);
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
