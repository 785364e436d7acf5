import type { Reply } from '@signalbox/contracts';
import type { TakenJob } from '@signalbox/queues';
import type { KeptQuestions } from '../asking/keep-questions.ts';
import { keyboardOf, messageOf } from '../asking/show-buttons.ts';
import { dropFiles } from '../files/send-files.ts';
import type { ChatPace } from '../telegram/chat-pace.ts';
import type { Target, TelegramApi } from '../telegram/telegram-api.ts';
import { addButtons, type ButtonDependencies } from './add-buttons.ts';
import { type ChangeDependencies, editQuestion, react } from './change-message.ts';
import type { Delivery } from './delivery.ts';
import { type LeaveDependencies, leaveTopic } from './leave-topic.ts';
import { movedTo } from './moved-reply.ts';
import type { Part } from './part.ts';
import { partsAnyway } from './present-parts.ts';
import { type Route, type SendDependencies, sendPart } from './send-part.ts';
import type { PartState, SentJournal } from './sent-journal.ts';

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
  let hasMoved = false;
  try {
    return await show(reply, job, delivery, dependencies);
  } catch (error) {
    hasMoved = movedTo(error) !== undefined;
    throw error;
  } finally {
    releaseFrames();
    // Another process goes on with a reply that this one had to leave; one whose group has moved is shown there.
    if (!delivery.signal.aborted && !hasMoved) await dropFiles(reply, dependencies.transfers, delivery.surely);
  }
}

async function show(reply: Reply, job: TakenJob, delivery: Delivery, dependencies: DeliverDependencies): Promise<Sent> {
  const { journal, log } = dependencies;
  const { queue, surely } = delivery;
  const rendered = partsAnyway(reply, (err) => log.error({ err, reply: job.id }, 'A reply could not be rendered'));
  const parts =
    reply.kind === 'again'
      ? await surely(() => partsAgain(reply, dependencies.questions))
      : await addButtons(rendered, reply, delivery, dependencies);
  // A reply that was never fetched before has nothing in the journal.
  const sent = job.startedBefore ? await surely(() => readSent(journal, delivery, job.id)) : new Map<number, never>();
  const messageIds: number[] = [];
  const route: Route = {
    line: undefined,
    hasLeftTopic: false,
    leaveTopic: (refusal) => leaveTopic(reply, refusal, delivery, dependencies),
  };
  for (const [index, part] of parts.entries()) {
    const state = sent.get(index) ?? 'unsent';
    if (typeof state === 'number') messageIds.push(...(state === ELSEWHERE ? [] : [state]));
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

/** Stands for a message of the group that the chat was before. */
const ELSEWHERE = 0;

/** What was sent of a reply, also in the group that its chat was before. */
async function readSent(
  journal: Pick<SentJournal, 'read'>,
  { queue, former }: Delivery,
  replyId: string,
): Promise<Map<number, PartState>> {
  const before = former === undefined ? [] : [...(await journal.read(former, replyId))];
  const elsewhere = before.map(([part, state]) => [part, typeof state === 'number' ? ELSEWHERE : state] as const);
  return new Map([...elsewhere, ...(await journal.read(queue, replyId))]);
}

/** The message of a question as it is kept, with its buttons; nothing if nobody can answer any more. */
async function partsAgain(
  { place: { chatId }, questionId }: Extract<Reply, { kind: 'again' }>,
  questions: KeptQuestions,
): Promise<Part[]> {
  const word = questions.wordFor(questionId);
  const kept = await questions.find(chatId, word);
  if (!kept || kept.isClosed) return [];
  const keyboard = keyboardOf(kept.asked.rows, word, kept.ticked);
  return [{ kind: 'message', message: messageOf(kept.asked), keyboard }];
}

function targetOf({ place: { chatId, threadId }, silent, replyTo }: Reply, isFirst: boolean): Target {
  return { chatId, threadId, silent, replyTo: isFirst ? replyTo : undefined };
}
