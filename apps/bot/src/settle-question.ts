import type { Reply } from '@signalbox/contracts';
import type { Log } from '@signalbox/service';
import type { Expectations } from './expectations.ts';
import { withOutcome } from './press-button.ts';
import type { Questions } from './questions.ts';
import type { SentJournal } from './sent-journal.ts';
import { type TelegramApi, TelegramFailure } from './telegram-api.ts';

/**
 * Takes the buttons of a question away that nobody need answer any more, and shows why. What Telegram refuses is let be: the buttons
 * have no effect any more anyhow. Rejects with Redis's error.
 */
export async function settleQuestion(
  parts: {
    readonly api: TelegramApi;
    readonly journal: SentJournal;
    readonly questions: Questions;
    readonly expectations: Expectations;
    readonly log: Log;
  },
  queue: string,
  { place, questionId, text }: Extract<Reply, { kind: 'settled' }>,
): Promise<void> {
  const { api, journal, questions, expectations, log } = parts;
  const asked = await questions.find(place.chatId, questions.wordFor(questionId));
  const sent = await journal.read(queue, questionId);
  // The buttons are below the last part.
  const messageId = sent.get(Math.max(...sent.keys()));
  const userId = asked?.userId ?? 0;
  // The next text may answer another session's question by now.
  if ((await expectations.find(place, userId))?.questionId === questionId) await expectations.clear(place, userId);
  if (asked === undefined || typeof messageId !== 'number') return;
  try {
    await api.editMessage(place.chatId, messageId, withOutcome(asked, text));
  } catch (error) {
    if (!(error instanceof TelegramFailure)) throw error;
    log.debug({ err: error }, 'The buttons of a question could not be taken away');
  }
}
