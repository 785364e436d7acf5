import { chatOfReplyQueue, findPlace, type Reply, readReply } from '@signalbox/contracts';
import { type EndReason, type JobHandler, requireReadable, type TakenJob } from '@signalbox/queues';
import type { KeptQuestions } from '../asking/keep-questions.ts';
import { dropFiles } from '../files/send-files.ts';
import type { ChatPace } from '../telegram/chat-pace.ts';
import type { FloodGate } from '../telegram/flood-gate.ts';
import type { Say } from '../telegram/say.ts';
import type { Target, TelegramApi } from '../telegram/telegram-api.ts';
import { words } from '../wording/words.ts';
import { addButtons, type ButtonDependencies } from './add-buttons.ts';
import { type ChangeDependencies, editQuestion, react } from './change-message.ts';
import { createDelivery, type Delivery, type DeliveryDependencies } from './delivery.ts';
import { partsAnyway } from './present-parts.ts';
import { type SendDependencies, sendPart } from './send-part.ts';
import type { SentJournal } from './sent-journal.ts';
import { simplifyReply } from './simplify-reply.ts';

/** How long a chat's outbox is held on to after its last reply, in ms. */
const KEPT_MS = 60_000;
/** How the id of a notice begins that says that a reply could not be shown. */
const NOTICE_OF_BUG = 'not-shown-';

/** What the outbox calls. */
export interface OutboxDependencies
  extends DeliveryDependencies,
    ChangeDependencies,
    SendDependencies,
    ButtonDependencies {
  readonly api: TelegramApi;
  readonly journal: SentJournal;
  readonly questions: KeptQuestions;
  readonly gate: FloodGate;
  readonly pace: ChatPace;
  readonly say: Say;
}

/** What became of a reply: the ids of the messages that show it. */
interface Sent {
  readonly messageIds: readonly number[];
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
      return deliver(reply, job, delivery, dependencies);
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

async function deliver(
  reply: Reply,
  job: TakenJob,
  delivery: Delivery,
  dependencies: OutboxDependencies,
): Promise<Sent> {
  if (reply.kind === 'settled' || reply.kind === 'refreshed') {
    await editQuestion(reply, delivery, dependencies);
    return { messageIds: [] };
  }
  if (reply.kind === 'reaction') {
    await react(reply, delivery, dependencies);
    return { messageIds: [] };
  }
  const releaseFrames = await dependencies.pace.holdFrames(reply.place);
  try {
    return await show(reply, job, delivery, dependencies);
  } finally {
    releaseFrames();
    // Another process goes on with a reply that this one had to leave.
    if (!delivery.signal.aborted) await dropFiles(reply, dependencies.transfers, delivery.surely);
  }
}

async function show(reply: Reply, job: TakenJob, delivery: Delivery, dependencies: OutboxDependencies): Promise<Sent> {
  const { journal, log } = dependencies;
  const { queue, surely } = delivery;
  const rendered = partsAnyway(reply, (err) => log.error({ err, reply: job.id }, 'A reply could not be rendered'));
  const parts = await addButtons(rendered, reply, delivery, dependencies);
  // A reply that was never fetched before has nothing in the journal.
  const sent = job.startedBefore ? await surely(() => journal.read(queue, job.id)) : new Map<number, never>();
  const messageIds: number[] = [];
  for (const [index, part] of parts.entries()) {
    const state = sent.get(index) ?? 'unsent';
    if (typeof state === 'number') messageIds.push(state);
    else {
      const toSend = { index, part, to: targetOf(reply, index === 0), mayBeShown: state === 'sending' };
      messageIds.push(...(await sendPart(toSend, delivery, dependencies)));
    }
  }
  const { session } = reply;
  if (session !== undefined) await surely(() => journal.keepSpeaker(queue, messageIds, session));
  return { messageIds };
}

function targetOf({ place: { chatId, threadId }, silent, replyTo }: Reply, isFirst: boolean): Target {
  return { chatId, threadId, silent, replyTo: isFirst ? replyTo : undefined };
}
