import type { Button } from '@signalbox/contracts';
import type { AddJob } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { TelegramApi } from '../telegram/telegram-api.ts';
import { words } from '../wording/words.ts';
import { findButton, readButtonData } from './button-data.ts';
import type { KeptQuestion, KeptQuestions } from './keep-questions.ts';
import type { PerformAct, Performed } from './perform-act.ts';
import type { Press } from './press.ts';
import { refreshQuestion, settleQuestion } from './settle-question.ts';

/** Takes a press. `id` names its update; `type` does what a text in that place by that person would do. */
export type PressButton = (press: Press, id: string, type: (text: string) => Promise<void>) => Promise<void>;

/** What taking a press calls. */
export interface PressNeeds {
  readonly questions: KeptQuestions;
  readonly perform: PerformAct;
  readonly addJob: AddJob;
  readonly api: Pick<TelegramApi, 'answerButton'>;
  readonly log: Log;
}

/**
 * Takes a press on a button: of a question the first one counts, and doing it again has no further effect. When it resolves, what was
 * chosen is durable, and so is that the message will show it. Rejects with Redis's error.
 */
export function createPressButton(needs: PressNeeds): PressButton {
  const { questions, perform, addJob, api, log } = needs;
  return async (press, id, type) => {
    const { place, messageId, userId, userName } = press;
    /** What is only for showing must not hold up what is chosen. */
    const tell = (text: string) => {
      const onError = (err: unknown) => log.debug({ err }, 'The answer to a button was not shown');
      api.answerButton(press.queryId, text).catch(onError);
    };
    const named = readButtonData(press.data);
    const kept = named && (await questions.find(place.chatId, named.word));
    const button = kept && findButton(kept.asked.rows, named.mark);
    if (!kept || !button) {
      tell(words.buttonIsOld);
      // What the person sees is no longer what is kept.
      if (kept) await refreshQuestion(addJob, id, { questionId: kept.asked.questionId, place, messageId });
      return;
    }
    const { asked } = kept;
    const question = { questionId: asked.questionId, place, messageId };
    if (asked.userId !== undefined && asked.userId !== userId) return tell(words.askedAnother);
    const refusal = asked.once ? await takeFirst(questions, { kept, word: named.word, button }, press, id) : undefined;
    if (refusal !== undefined) return tell(refusal);
    const performed = await perform(button, { kept, word: named.word, by: { id, userId, userName, place }, type });
    log.info({ act: button.act.do, done: performed.done }, 'A person pressed a button');
    tell(performed.toast ?? (performed.done ? button.label : words.noLongerPossible(button.label)));
    if (performed.asked) {
      await questions.keep(place.chatId, performed.asked);
      await refreshQuestion(addJob, id, question);
    } else if (asked.once && !performed.isShown)
      await settleQuestion(addJob, id, question, outcomeOf(performed, button.label, userName));
  };
}

/** Takes a press on a question if it is the first one that counts. Resolves to why it does not. */
async function takeFirst(
  questions: Pick<KeptQuestions, 'takePress'>,
  { kept, word, button: { act, label } }: { kept: KeptQuestion; word: string; button: Button },
  { place, userName: by }: Press,
  id: string,
): Promise<string | undefined> {
  if (!kept.pressed) {
    if (kept.isClosed) return words.buttonIsOld;
    if (act.do === 'answer-ticked' && kept.ticked.length === 0) return words.tickSomething;
    // Others may follow.
    if (act.do === 'tick' || act.do === 'explain' || act.do === 'take-back') return undefined;
  }
  const counts = kept.pressed ?? (await questions.takePress(place.chatId, word, { id, label, by }));
  return counts.id === id ? undefined : words.alreadyChosen(counts.label, counts.by);
}

function outcomeOf({ done, outcome }: Performed, label: string, userName: string): string {
  return outcome ?? (done ? words.chosen(label, userName) : words.noLongerPossible(label));
}
