import { type MenuButton, type Place, type Reply, replyQueue, SINCE } from '@signalbox/contracts';
import type { AddJob } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { TelegramApi } from '../telegram/telegram-api.ts';
import { words } from '../wording/words.ts';
import { findButton, readButtonData } from './button-data.ts';
import type { PerformAct, Performed } from './perform-act.ts';
import { type Asked, asShown, type Questions } from './questions.ts';

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

export interface PressParts {
  readonly questions: Questions;
  readonly perform: PerformAct;
  readonly addJob: AddJob;
  readonly api: Pick<TelegramApi, 'answerButton'>;
  readonly log: Log;
}

/**
 * Takes a press on a button: of a question the first one counts, and doing it again has no further effect. When it resolves, what was
 * chosen is durable, and so is that the message will show it. Rejects with Redis's error.
 */
export function createPressButton(parts: PressParts): PressButton {
  const { questions, perform, api, log } = parts;
  return async (press, id, type) => {
    const { place, queryId, userId, userName } = press;
    /** What is only for showing must not hold up what is chosen. */
    const tell = (text: string) => {
      const onError = (err: unknown) => log.debug({ err }, 'The answer to a button was not shown');
      api.answerButton(queryId, text).catch(onError);
    };
    const pressed = readButtonData(press.data);
    const asked = pressed && (await questions.find(place.chatId, pressed.word));
    const found = asked && findButton(asked.rows, pressed);
    if (!pressed || !asked || !found) {
      tell(words.buttonIsOld);
      // What the person sees is no longer what is kept.
      return asked && !asked.once ? refresh(parts, press, id, asked) : undefined;
    }
    if (asked.userId !== undefined && asked.userId !== userId) return tell(words.askedAnother);
    const of = { ...found, asked, word: pressed.word };
    const refusal = asked.once ? await takeFirst(questions, of, press, id) : undefined;
    if (refusal !== undefined) return tell(refusal);
    const { button } = found;
    const by = { id, userId, userName, place };
    const performed = await perform(button, { asked, word: pressed.word, by, type });
    log.info({ act: button.act.do, done: performed.done }, 'A person pressed a button');
    tell(performed.toast ?? (performed.done ? button.label : words.noLongerPossible(button.label)));
    if (performed.view) await refresh(parts, press, id, { ...asked, ...asShown(performed.view) });
    else if (asked.once && !performed.isShown)
      await settle(parts, press, id, asked.questionId, outcomeOf(performed, button.label, userName));
  };
}

/** Takes a press on a question if it is the first one that counts. Resolves to why it does not. */
async function takeFirst(
  questions: Questions,
  { asked, word, button, index }: { asked: Asked; word: string; button: MenuButton; index: number },
  { place: { chatId }, userName: by }: Press,
  id: string,
): Promise<string | undefined> {
  const act = button.act.do;
  const earlier = await questions.answered(chatId, word);
  if (!earlier && (await questions.isClosed(chatId, word))) return words.buttonIsOld;
  if (!earlier && act === 'answer-ticked' && (await questions.ticked(chatId, word)).length === 0)
    return words.tickSomething;
  const holds = earlier ?? (act === 'tick' ? undefined : await questions.answer(chatId, word, { index, by, id }));
  // The version before kept no ids: then the same button counts as the same press.
  if (!holds || (holds.index === index && (holds.id ?? id) === id)) return undefined;
  return words.alreadyChosen(asked.rows.flat()[holds.index]?.label ?? '', holds.by);
}

/** Has the message show the menu as it is from now on. */
async function refresh(
  { questions, addJob }: PressParts,
  { place, messageId }: Press,
  id: string,
  asked: Asked,
): Promise<void> {
  const { questionId } = asked;
  await questions.keep(place.chatId, asked);
  const data: Reply = { version: SINCE.refreshed, kind: 'refreshed', place, text: '', questionId, messageId };
  await addJob(replyQueue(place.chatId), { id: `refreshed-${id}`, name: 'refreshed', data });
}

/** Has the message show what was chosen in place of its buttons. */
async function settle(
  { addJob }: PressParts,
  { place, messageId }: Press,
  id: string,
  questionId: string,
  text: string,
): Promise<void> {
  const data: Reply = { version: SINCE.settled, kind: 'settled', place, text, questionId, messageId };
  await addJob(replyQueue(place.chatId), { id: `settled-${id}`, name: 'settled', data });
}

function outcomeOf({ done, outcome }: Performed, label: string, userName: string): string {
  return outcome ?? (done ? words.chosen(label, userName) : words.noLongerPossible(label));
}
