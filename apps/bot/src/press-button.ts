import type { Place } from '@signalbox/contracts';
import type { Log } from '@signalbox/service';
import type { PerformAct, Performed } from './perform-act.ts';
import { type Asked, asShown, keyboardOf, type Questions, readButtonData } from './questions.ts';
import type { FormattedText } from './rendering/formatted-text.ts';
import type { TelegramApi } from './telegram-api.ts';
import { words } from './words.ts';

/** A pressed button. */
export interface Press {
  readonly queryId: string;
  readonly data: string | undefined;
  readonly place: Place;
  readonly messageId: number;
  readonly userId: number;
  readonly userName: string;
}

/** Takes a press. `id` names its update; `type` does what a text in that place by that person would do. */
export type PressButton = (press: Press, id: string, type: (text: string) => Promise<void>) => Promise<void>;

/** Longest text of a message, in UTF-16 units. */
const LONGEST_MESSAGE = 4_096;

/**
 * Takes a press on a button: of a question the first one counts, and doing it again has no further effect. When it resolves, what was
 * chosen is durable. Rejects with Redis's error.
 */
export function createPressButton(parts: {
  readonly questions: Questions;
  readonly perform: PerformAct;
  readonly api: TelegramApi;
  readonly log: Log;
}): PressButton {
  const { questions, perform, api, log } = parts;
  /** What is only for showing must not hold up what is chosen. */
  const show = (shown: Promise<void>) => {
    shown.catch((err: unknown) => log.debug({ err }, 'The answer to a button was not shown'));
  };
  return async (press, id, type) => {
    const { place, messageId, queryId } = press;
    const pressed = readButtonData(press.data);
    const asked = pressed && (await questions.find(place.chatId, pressed.word));
    const button = asked?.rows.flat()[pressed?.index ?? -1];
    if (!pressed || !asked || !button) return show(api.answerButton(queryId, words.buttonIsOld));
    if (asked.userId !== undefined && asked.userId !== press.userId)
      return show(api.answerButton(queryId, words.askedAnother));
    const settles = asked.once && button.act.do !== 'tick';
    if (settles) {
      const answer = await questions.answer(place.chatId, pressed.word, { index: pressed.index, by: press.userName });
      if (answer.index !== pressed.index) {
        const label = asked.rows.flat()[answer.index]?.label ?? '';
        return show(api.answerButton(queryId, words.alreadyChosen(label, answer.by)));
      }
    }
    const by = { id, userId: press.userId, userName: press.userName, place };
    const performed = await perform(button.act, { asked, word: pressed.word, by, type });
    log.info({ act: button.act.do, done: performed.done }, 'A person pressed a button');
    show(
      api.answerButton(
        queryId,
        performed.toast ?? (performed.done ? button.label : words.noLongerPossible(button.label)),
      ),
    );
    if (performed.view) {
      const { message, rows, ticked } = performed.view;
      await questions.keep(place.chatId, { ...asked, ...asShown(performed.view) });
      show(api.editMessage(place.chatId, messageId, message, keyboardOf(rows, pressed.word, ticked)));
    } else if (settles) {
      const outcome = outcomeOf(performed, button.label, press);
      show(api.editMessage(place.chatId, messageId, withOutcome(asked, outcome)));
    }
  };
}

function outcomeOf({ done, outcome }: Performed, label: string, { userName }: Press): string {
  if (!done) return words.noLongerPossible(label);
  return outcome ?? words.chosen(label, userName);
}

/** The message of a question without its buttons, and with what was chosen if there is room. */
export function withOutcome({ shown }: Pick<Asked, 'shown'>, outcome: string): FormattedText {
  const text = `${shown.text}\n\n${outcome}`;
  return { text: text.length > LONGEST_MESSAGE ? shown.text : text, entities: shown.entities } as FormattedText;
}
