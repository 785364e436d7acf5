import type { Reply } from '@signalbox/contracts';
import type { Log } from '@signalbox/service';
import type { KeptQuestions } from '../asking/keep-questions.ts';
import type { FloodGate } from '../telegram/flood-gate.ts';
import { type TelegramApi, TelegramFailure } from '../telegram/telegram-api.ts';
import type { Delivery } from './delivery.ts';
import { editedQuestion } from './edited-question.ts';
import { isTokenRefused } from './refusals.ts';
import type { SentJournal } from './sent-journal.ts';

/** What changing an earlier message calls. */
export interface ChangeDependencies {
  readonly api: Pick<TelegramApi, 'editMessage' | 'react'>;
  readonly journal: Pick<SentJournal, 'read'>;
  readonly questions: KeptQuestions;
  readonly gate: Pick<FloodGate, 'close'>;
  readonly log: Log;
}

/** Changes the message of a question, like a reply in its turn and for certain, unless Telegram refuses it for good. */
export async function editQuestion(
  reply: Extract<Reply, { kind: 'settled' | 'refreshed' }>,
  delivery: Delivery,
  { api, journal, questions, log }: ChangeDependencies,
): Promise<void> {
  const { chatId } = reply.place;
  for (let failures = 1; ; failures += 1) {
    await delivery.passForMessage(chatId);
    const edit = await delivery.surely(() => editedQuestion({ journal, questions }, delivery.queue, reply));
    await delivery.whenSure();
    if (!edit) return;
    try {
      await api.editMessage(chatId, edit.messageId, edit.message, edit.keyboard);
      return await delivery.surely(edit.done);
    } catch (error) {
      if (!(error instanceof TelegramFailure)) throw error;
      log.debug({ err: error }, 'The buttons of a message could not be changed');
      if (error.movedTo !== undefined) throw error;
      if (error.kind === 'refused' && !isTokenRefused(error)) return;
      await delivery.waitAfter(error, chatId, failures);
    }
  }
}

/** A reaction is worth waiting for, not worth trying again for any other reason. */
export async function react(
  { place, messageIds, text }: Extract<Reply, { kind: 'reaction' }>,
  delivery: Delivery,
  { api, gate, log }: ChangeDependencies,
): Promise<void> {
  for (const messageId of messageIds) {
    await delivery.passGate();
    try {
      await api.react(place.chatId, messageId, text);
    } catch (error) {
      if (!(error instanceof TelegramFailure)) throw error;
      log.debug({ err: error }, 'A reaction was not shown');
      if (error.kind === 'flood') await delivery.surely(() => gate.close(delivery.queue, error.retryAfterMs));
    }
  }
}
