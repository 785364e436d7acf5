import type { Change, ShownMessage, TelegramSimulator } from '@signalbox/simulator';
import { questionOf } from './compose-text.ts';
import type { Writer } from './writers.ts';

/** Has the writers press a button of each question that Claude asks them: once for each message that shows one. */
export function answerQuestions(telegram: TelegramSimulator, writers: readonly Writer[]): { stop(): void } {
  const people = new Map(writers.map(({ session, from }) => [session, from]));
  const pressed = new Set<string>();
  const answer = ({ id, chatId, text, buttons, from }: ShownMessage) => {
    const [session = ''] = questionOf(text)?.split('-') ?? [];
    const [[button] = []] = buttons;
    const person = people.get(session);
    const key = `${chatId}/${id}`;
    if (!from.isBot || person === undefined || button?.data === undefined || pressed.has(key)) return;
    pressed.add(key);
    telegram.press({ from: person, chat: chatId, messageId: id, data: button.data });
  };
  const stop = telegram.on('change', (change: Change) => {
    // Nobody presses a button before they see it.
    if (change.kind === 'message') setImmediate(answer, change.message);
  });
  return { stop };
}
