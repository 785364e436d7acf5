import { chatOfReplyQueue, findPlace, readReply } from '@signalbox/contracts';
import { type EndReason, type JobHandler, requireReadable } from '@signalbox/queues';
import type { FloodGate } from '../telegram/flood-gate.ts';
import type { Say } from '../telegram/say.ts';
import { words } from '../wording/words.ts';
import { type DeliverDependencies, deliverReply } from './deliver-reply.ts';
import { createDelivery, type DeliveryDependencies } from './delivery.ts';
import { simplifyReply } from './simplify-reply.ts';

/** How long a chat's outbox is held on to after its last reply, in ms. */
const KEPT_MS = 60_000;
/** How the id of a notice begins that says that a reply could not be shown. */
const NOTICE_OF_BUG = 'not-shown-';

/** What the outbox calls. */
export interface OutboxDependencies extends DeliveryDependencies, DeliverDependencies {
  readonly gate: FloodGate;
  readonly pace: DeliverDependencies['pace'];
  readonly say: Say;
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
      const delivery = createDelivery(dependencies, { queue, replyId: job.id, lease, signal });
      return deliverReply(reply, job, delivery, dependencies);
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
