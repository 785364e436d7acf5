import { createHash } from 'node:crypto';
import type { Reply } from '@signalbox/contracts';
import type { KeptQuestions } from '../asking/keep-questions.ts';
import { asBefore } from '../asking/own-words.ts';
import { keyboardOf, messageOf, withLine } from '../asking/show-buttons.ts';
import type { FormattedText } from '../rendering/text/formatted-text.ts';
import type { Keyboard } from '../telegram/keyboard.ts';
import type { SentJournal } from './sent-journal.ts';

/** What a message that was sent is to show instead. */
export interface Edit {
  readonly messageId: number;
  readonly message: FormattedText;
  readonly keyboard?: Keyboard;
  /** To be called when it is shown. Rejects with Redis's error. */
  done(): Promise<void>;
}

/**
 * What the message of a question shows from now on: its buttons as they are kept now, or why nobody need press one any more. `undefined`
 * if there is nothing to change. Rejects with Redis's error.
 */
export async function editedQuestion(
  { journal, questions }: { readonly journal: Pick<SentJournal, 'read'>; readonly questions: KeptQuestions },
  queue: string,
  reply: Extract<Reply, { kind: 'settled' | 'refreshed' }>,
): Promise<Edit | undefined> {
  const { chatId } = reply.place;
  const word = questions.wordFor(reply.questionId);
  const kept = await questions.find(chatId, word);
  const messageId = reply.messageId ?? (await lastMessage(journal, queue, reply.questionId));
  if (kept === undefined || messageId === undefined) return undefined;
  if (reply.kind === 'settled') {
    await questions.close(chatId, word);
    return { messageId, message: withLine(messageOf(asBefore(kept.asked)), reply.text), done: async () => undefined };
  }
  // Its buttons must not come back.
  if (kept.isClosed) return undefined;
  const keyboard = keyboardOf(kept.asked.rows, word, kept.ticked);
  const message = messageOf(kept.asked);
  const shown = createHash('sha256')
    .update(JSON.stringify([message, keyboard]))
    .digest('base64url');
  // Several presses that had to wait are one edit.
  if (kept.shows === shown) return undefined;
  return { messageId, message, keyboard, done: () => questions.keepShown(chatId, word, shown) };
}

/** The buttons are below the last part. */
async function lastMessage(
  journal: Pick<SentJournal, 'read'>,
  queue: string,
  questionId: string,
): Promise<number | undefined> {
  const sent = await journal.read(queue, questionId);
  const state = sent.get(Math.max(...sent.keys()));
  return typeof state === 'number' ? state : undefined;
}
