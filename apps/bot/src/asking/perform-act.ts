import type { MenuButton, Place, QueueRef } from '@signalbox/contracts';
import type { Choose, Routing, Signals, Waiting } from '@signalbox/queues';
import type { MenuView } from '../deciding/menu-view.ts';
import { createQueueMenu } from '../deciding/queue-menu.ts';
import type { FormattedText } from '../rendering/text/formatted-text.ts';
import { words } from '../wording/words.ts';
import type { Expectations } from './expectations.ts';
import type { Asked, Questions } from './questions.ts';

/** Who pressed a button, and where. `id` names the update: the same press has the same. */
export interface Presser {
  readonly id: string;
  readonly userId: number;
  readonly userName: string;
  readonly place: Place;
}

/** What came of a press: whether it took effect, what the presser is told, and what the message shows instead. */
export interface Performed {
  readonly done: boolean;
  /** A few words for the presser alone. Default: the button's label. */
  readonly toast?: string;
  /** What was chosen, in words; it stands below the message once the buttons are gone. Default: the button's label and the name. */
  readonly outcome?: string;
  /** Another outcome is shown, or will be. */
  readonly isShown?: boolean;
  /** The message as it is to be shown from now on, with its buttons. */
  readonly view?: MenuView;
}

export interface ActParts {
  readonly questions: Questions;
  readonly expectations: Expectations;
  readonly choose: Choose;
  readonly signals: Signals;
  readonly waiting: Waiting;
  readonly routing: Pick<Routing, 'session'>;
}

/** Does what a button stands for. The same press has no further effect. Rejects with Redis's error. */
export type PerformAct = (
  button: MenuButton,
  pressed: { asked: Asked; word: string; by: Presser; type(text: string): Promise<void> },
) => Promise<Performed>;

export function createPerformAct(parts: ActParts): PerformAct {
  const { questions, expectations, choose, signals, waiting, routing } = parts;
  const showQueue = createQueueMenu({ waiting, session: routing.session });
  /** The menu is about the session of its last queue; those before are what it was called. */
  const refreshed = async (asked: Asked, pressed: QueueRef): Promise<MenuView> =>
    showQueue(queuesOf(asked).at(-1) ?? pressed);
  const answer = async (
    queue: QueueRef,
    questionId: string,
    { given, label }: { given: string; label: string },
    by: Presser,
  ): Promise<Performed> => {
    const holds = await signals.answer(queue, { id: by.id, questionId, answer: given, by: by.userName });
    if (holds === undefined) return { done: false };
    if (holds.id === by.id) return { done: true, outcome: words.chosen(label, by.userName) };
    // A text was quicker, and brings its own outcome.
    return { done: false, toast: words.alreadyAnswered(holds.by), isShown: true };
  };
  return async ({ act, label }, { asked, word, by, type }) => {
    switch (act.do) {
      case 'choose':
        return {
          done: (await choose(act.about, { choice: act.choice, questionId: asked.questionId })) === 'done',
        };
      case 'answer':
        return answer(act.queue, act.questionId, { given: act.answer, label }, by);
      case 'explain':
        await expectations.set(by.place, by.userId, act);
        return { done: true, toast: words.writeIt, outcome: words.waitsForText(by.userName) };
      case 'tick': {
        await questions.tick(by.place.chatId, word, act.value, by.id);
        return { done: true, toast: '', view: { message: messageOf(asked), rows: asked.rows } };
      }
      case 'answer-ticked': {
        const ticked = await questions.ticked(by.place.chatId, word);
        const chosen = optionsOf(asked)
          .filter((value) => ticked.includes(value))
          .join(', ');
        return answer(act.queue, act.questionId, { given: chosen, label: chosen }, by);
      }
      case 'settle':
        return { done: true };
      case 'command':
        await type(act.text);
        return { done: true, toast: '' };
      case 'stop':
        await signals.stop(act.about.queue, { id: by.id, jobId: act.about.jobId, by: by.userName });
        return { done: true, view: await refreshed(asked, act.about.queue) };
      case 'run-next': {
        const done = await waiting.putNext(act.about.queue.name, act.about.jobId);
        return { done, view: await refreshed(asked, act.about.queue) };
      }
    }
  };
}

/** The message of a question as it is shown now. */
export function messageOf({ shown }: Pick<Asked, 'shown'>): FormattedText {
  return shown as FormattedText;
}

/** In the order in which they are shown. */
function optionsOf({ rows }: Asked): string[] {
  return rows.flat().flatMap(({ act }) => (act.do === 'tick' ? [act.value] : []));
}

function queuesOf({ rows }: Asked): QueueRef[] {
  return rows.flat().flatMap(({ act }) => (act.do === 'stop' ? [act.about.queue] : []));
}
