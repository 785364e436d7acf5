import type { Reply } from '@signalbox/contracts';
import type { TakenJob } from '@signalbox/queues';
import type { KeptQuestions } from '../asking/keep-questions.ts';
import { dropFiles } from '../files/send-files.ts';
import type { ChatPace } from '../telegram/chat-pace.ts';
import type { Target, TelegramApi } from '../telegram/telegram-api.ts';
import { addButtons, type ButtonDependencies } from './add-buttons.ts';
import { type ChangeDependencies, editQuestion, react } from './change-message.ts';
import type { Delivery } from './delivery.ts';
import { type LeaveDependencies, leaveTopic } from './leave-topic.ts';
import { partsAnyway } from './present-parts.ts';
import { type Route, type SendDependencies, sendPart } from './send-part.ts';
import type { SentJournal } from './sent-journal.ts';

/** What delivering a reply calls. */
export interface DeliverDependencies
  extends ChangeDependencies,
    SendDependencies,
    ButtonDependencies,
    LeaveDependencies {
  readonly api: TelegramApi;
  readonly journal: SentJournal;
  readonly questions: KeptQuestions;
  readonly pace: ChatPace;
}

/** What became of a reply: the ids of the messages that show it. */
interface Sent {
  readonly messageIds: readonly number[];
}

/** Shows a reply in its chat, or changes what an earlier one shows. Rejects with `JobFailed` if Telegram refuses it for good. */
export async function deliverReply(
  reply: Reply,
  job: TakenJob,
  delivery: Delivery,
  dependencies: DeliverDependencies,
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

async function show(reply: Reply, job: TakenJob, delivery: Delivery, dependencies: DeliverDependencies): Promise<Sent> {
  const { journal, log } = dependencies;
  const { queue, surely } = delivery;
  const rendered = partsAnyway(reply, (err) => log.error({ err, reply: job.id }, 'A reply could not be rendered'));
  const parts = await addButtons(rendered, reply, delivery, dependencies);
  // A reply that was never fetched before has nothing in the journal.
  const sent = job.startedBefore ? await surely(() => journal.read(queue, job.id)) : new Map<number, never>();
  const messageIds: number[] = [];
  const route: Route = {
    line: undefined,
    hasLeftTopic: false,
    leaveTopic: (refusal) => leaveTopic(reply, refusal, delivery, dependencies),
  };
  for (const [index, part] of parts.entries()) {
    const state = sent.get(index) ?? 'unsent';
    if (typeof state === 'number') messageIds.push(state);
    else {
      const to = targetOf(reply, index === 0);
      const toSend = { index, part, to, route, mayBeShown: state === 'sending' };
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
