import { chatOfReplyQueue, findPlace, type Reply, readReply, replyQueue } from '@signalbox/contracts';
import {
  type EndReason,
  type JobHandler,
  type Lease,
  requireReadable,
  type Surely,
  type TakenJob,
  untilDone,
} from '@signalbox/queues';
import type { FollowGroup } from '../asking/follow-group.ts';
import type { FloodGate } from '../telegram/flood-gate.ts';
import type { MovedGroups } from '../telegram/moved-groups.ts';
import type { Say } from '../telegram/say.ts';
import { words } from '../wording/words.ts';
import { type DeliverDependencies, deliverReply } from './deliver-reply.ts';
import { createDelivery, type DeliveryDependencies } from './delivery.ts';
import { forMovedGroup, movedTo } from './moved-reply.ts';
import { simplifyReply } from './simplify-reply.ts';

/** How long a chat's outbox is held on to after its last reply, in ms. */
const KEPT_MS = 60_000;
/** How often it is looked whether a group's own replies are all shown, in ms. */
const DRAINED_LOOK_MS = 100;
/** How the id of a notice begins that says that a reply could not be shown. */
const NOTICE_OF_BUG = 'not-shown-';

/** What the outbox calls. */
export interface OutboxDependencies extends DeliveryDependencies, DeliverDependencies {
  readonly gate: FloodGate;
  readonly pace: DeliverDependencies['pace'];
  readonly say: Say;
  /** Groups that became supergroups; left out: there are none. */
  readonly groups?: {
    readonly moved: Pick<MovedGroups, 'refresh' | 'now' | 'formerOf'>;
    readonly follow: FollowGroup;
    /** Whether nothing waits or runs in a queue. */
    isEmpty(queue: string): Promise<boolean>;
  };
}

/** Sends the replies of a chat in their order, each part of them once; see the journal for the one gap. */
export function createOutbox(dependencies: OutboxDependencies): JobHandler {
  const { gate, say } = dependencies;
  const lastUsed = new Map<string, number>();
  return {
    async handle(queue, job, { lease, signal }) {
      lastUsed.set(queue, performance.now());
      const reply = simplifyReply(requireReadable(readReply(job.data), 'a reply'), job.takeOvers);
      await job.begin();
      return deliverWhereItBelongs(reply, { queue, job, lease, signal }, dependencies);
    },
    async tellOfBug(queue, { id, data }) {
      // What cannot be told is in the log alone: a notice of a notice would have no end.
      if (id.startsWith(NOTICE_OF_BUG)) return;
      await say(`${NOTICE_OF_BUG}${id}`, findPlace(data) ?? { chatId: chatOfReplyQueue(queue) }, words.notShown);
    },
    keeps: (queue) => performance.now() - (lastUsed.get(queue) ?? Number.NEGATIVE_INFINITY) < KEPT_MS,
    async leave(queue: string, _reason: EndReason) {
      lastUsed.delete(queue);
      gate.forget(queue);
    },
  };
}

/**
 * Shows a reply in its chat, or in the supergroup that this has become, which may turn out only when Telegram refuses it. There the replies
 * of the group come first: what was said earlier is shown earlier.
 */
async function deliverWhereItBelongs(
  reply: Reply,
  { queue, job, lease, signal }: { queue: string; job: TakenJob; lease: Lease; signal: AbortSignal },
  dependencies: OutboxDependencies,
): Promise<unknown> {
  const { groups, pause, log } = dependencies;
  const chatId = chatOfReplyQueue(queue);
  const onRetry = (err: unknown) => log.debug({ err, queue }, 'The outbox waits for Redis');
  const surely: Surely = (work) => untilDone(work, { signal, onRetry });
  for (let isAgain = false; ; isAgain = true) {
    // Private chats are always the same; of a group another bot may have heard.
    if (groups && chatId < 0) await surely(() => groups.moved.refresh());
    const now = groups?.moved.now(chatId) ?? chatId;
    const hasMoved = now !== chatId;
    const before = groups?.moved.formerOf(chatId);
    while (groups && before !== undefined && !(await surely(() => groups.isEmpty(replyQueue(before).name)))) {
      await pause(DRAINED_LOOK_MS, signal);
      signal.throwIfAborted();
    }
    const shown = hasMoved ? forMovedGroup(reply, now) : reply;
    if (!shown) return { messageIds: [] };
    const queues = hasMoved ? { queue: replyQueue(now).name, former: queue } : { queue };
    const delivery = createDelivery(dependencies, { ...queues, replyId: job.id, lease, signal });
    try {
      return await deliverReply(
        shown,
        hasMoved || isAgain ? { ...job, startedBefore: true } : job,
        delivery,
        dependencies,
      );
    } catch (error) {
      const to = movedTo(error);
      if (to === undefined || !groups) throw error;
      await surely(() => groups.follow(now, to));
    }
  }
}
