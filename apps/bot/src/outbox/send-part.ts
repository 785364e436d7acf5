import { type FileTransfers, JobFailed } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { EarlierFiles } from '../files/earlier-files.ts';
import { type SentFiles, sendFilesPart } from '../files/send-files.ts';
import { type Target, type TelegramApi, TelegramFailure } from '../telegram/telegram-api.ts';
import { isTopicGone } from '../telegram/topic-gone.ts';
import type { Delivery } from './delivery.ts';
import { markResent, type Part, plainer, putBelow } from './part.ts';
import { isAboutForm, isTokenRefused } from './refusals.ts';
import type { PartState, SentJournal } from './sent-journal.ts';

/** What sending a part of a reply calls. */
export interface SendDependencies {
  readonly api: Pick<TelegramApi, 'sendMessage' | 'sendTextFile' | 'sendFiles'>;
  readonly journal: Pick<SentJournal, 'write'>;
  readonly transfers: FileTransfers;
  readonly keepFiles: EarlierFiles['keep'];
  readonly log: Log;
}

/** Where the parts of one reply go: into its topic until that turns out to be gone, and then into the chat itself. */
export interface Route {
  /** What stands before the next part; set when the topic is left. */
  line: string | undefined;
  hasLeftTopic: boolean;
  /** Resolves to the line that says where the reply comes from, if that is known. */
  leaveTopic(refusal: TelegramFailure): Promise<string | undefined>;
}

/** One part of a reply, by its number, and where it goes. `mayBeShown`: an earlier try may have come through. */
interface PartToSend {
  readonly index: number;
  readonly part: Part;
  readonly to: Target;
  readonly route: Route;
  readonly mayBeShown: boolean;
}

/** Sends one part for certain, unless Telegram refuses it for good. Resolves to the ids of its messages. */
export async function sendPart(
  { index, part, to: target, route, mayBeShown }: PartToSend,
  delivery: Delivery,
  dependencies: SendDependencies,
): Promise<readonly number[]> {
  const { journal, log } = dependencies;
  const write = (state: PartState) => journal.write(delivery.queue, delivery.replyId, index, state);
  const surelyWrite = (state: PartState) => delivery.surely(() => write(state));
  let form = part;
  let unsure = mayBeShown;
  for (let failures = 1; ; failures += 1) {
    await delivery.passForMessage(target.chatId);
    await surelyWrite('sending');
    await delivery.whenSure();
    try {
      const to = route.hasLeftTopic ? { ...target, threadId: undefined } : target;
      const { messageIds, kept } = await send(formsOf(form, route.line, unsure), to, delivery, dependencies);
      route.line = undefined;
      const [first = 0] = messageIds;
      // Also when the process was told to stop meanwhile: what is not written down would be sent again.
      await write(first).catch(() => surelyWrite(first));
      for (const [message, files] of kept) await delivery.surely(() => dependencies.keepFiles(message, files));
      return messageIds;
    } catch (error) {
      if (!(error instanceof TelegramFailure)) throw error;
      log.warn({ queue: delivery.queue, reply: delivery.replyId }, error.message);
      if (error.kind === 'unsure') unsure = true;
      else if (!unsure) await surelyWrite('unsent');
      if (error.movedTo !== undefined) throw error;
      if (error.kind !== 'refused' || isTokenRefused(error)) await delivery.waitAfter(error, target.chatId, failures);
      else if (isTopicGone(error) && target.threadId !== undefined && !route.hasLeftTopic) {
        route.line = await route.leaveTopic(error);
        route.hasLeftTopic = true;
      } else form = plainerOrGiveUp(form, error);
    }
  }
}

function formsOf(form: Part, line: string | undefined, unsure: boolean): Part[] {
  const [first = form, ...rest] = line === undefined ? [form] : putBelow(line, form);
  return unsure ? [...markResent(first), ...rest] : [first, ...rest];
}

async function send(
  forms: readonly Part[],
  to: Target,
  { surely }: Delivery,
  { api, transfers }: SendDependencies,
): Promise<SentFiles> {
  const sent: SentFiles[] = [];
  for (const form of forms) {
    if (form.kind === 'files') sent.push(await sendFilesPart(form, to, { api, transfers, surely }));
    else {
      const messageId = await (form.kind === 'message'
        ? api.sendMessage(to, form.message, form.keyboard)
        : api.sendTextFile(to, form, form.caption));
      sent.push({ messageIds: [messageId], kept: [] });
    }
  }
  return { messageIds: sent.flatMap(({ messageIds }) => messageIds), kept: sent.flatMap(({ kept }) => kept) };
}

/** A refusal may be about the form. Throws when there is none left to try: the chat is gone, or the bot was blocked. */
function plainerOrGiveUp(form: Part, error: TelegramFailure): Part {
  const next = isAboutForm(form.kind, error) ? plainer(form, error.message) : undefined;
  if (!next) throw new JobFailed(error.message);
  return next;
}
