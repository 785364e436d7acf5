import type { Choose } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import { type Asked, type Questions, readButtonData } from './questions.ts';
import type { TelegramApi } from './telegram-api.ts';
import { words } from './words.ts';

/** A pressed button. */
export interface Press {
  readonly queryId: string;
  readonly data: string | undefined;
  readonly chatId: number;
  readonly messageId: number;
  readonly userName: string;
}

/** Longest text of a message, in UTF-16 units. */
const LONGEST_MESSAGE = 4_096;

/**
 * Takes a press on a button of a question: the first one counts, and doing it again has no further effect. When it resolves, what was
 * chosen is durable. Rejects with Redis's error.
 */
export function createPressButton(parts: {
  readonly questions: Questions;
  readonly choose: Choose;
  readonly api: TelegramApi;
  readonly log: Log;
}): (press: Press) => Promise<void> {
  const { questions, choose, api, log } = parts;
  /** What is only for showing must not hold up what is chosen. */
  const show = (shown: Promise<void>) => {
    shown.catch((err: unknown) => log.debug({ err }, 'The answer to a button was not shown'));
  };
  return async (press) => {
    const { chatId, messageId, queryId } = press;
    const pressed = readButtonData(press.data);
    const asked = pressed && (await questions.find(chatId, pressed.word));
    const button = asked?.buttons[pressed?.index ?? -1];
    if (!pressed || !asked || !button) return show(api.answerButton(queryId, words.buttonIsOld));
    const answer = await questions.answer(chatId, pressed.word, { index: pressed.index, by: press.userName });
    if (answer.index !== pressed.index) {
      return show(api.answerButton(queryId, words.alreadyChosen(asked.buttons[answer.index]?.label ?? '', answer.by)));
    }
    const done = await choose(asked.about, { choice: button.choice, questionId: asked.questionId });
    log.info({ job: asked.about.jobId, choice: button.choice, done }, 'A person chose what becomes of a job');
    const outcome = done === 'done' ? words.chosen(button.label, answer.by) : words.noLongerPossible(button.label);
    show(api.answerButton(queryId, done === 'done' ? button.label : outcome));
    show(api.editMessage(chatId, messageId, withOutcome(asked, outcome)));
  };
}

/** The message of a question without its buttons, and with what was chosen if there is room. */
function withOutcome({ shown }: Asked, outcome: string): Parameters<TelegramApi['editMessage']>[2] {
  const text = `${shown.text}\n\n${outcome}`;
  const entities = shown.entities as Parameters<TelegramApi['editMessage']>[2]['entities'];
  return { text: text.length > LONGEST_MESSAGE ? shown.text : text, entities };
}
