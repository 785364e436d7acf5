import type { Button, JobSubject, Place, QueueRef } from '@signalbox/contracts';
import type { Questions, Routing, Signals, Waiting } from '@signalbox/queues';
import { sentWith } from '../deciding/places-in-line.ts';
import { createQueueMenu, MOST_LOOKED_AT } from '../deciding/queue-menu.ts';
import { words } from '../wording/words.ts';
import type { Expectations } from './expectations.ts';
import { type Asked, type KeptQuestion, type KeptQuestions, markedOf } from './keep-questions.ts';
import { asBefore, awaitingWords } from './own-words.ts';
import { asShown } from './show-buttons.ts';

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
  /** The message as it is kept and shown from now on, with its buttons. */
  readonly asked?: Asked;
}

/** What doing it calls. */
export interface ActNeeds {
  readonly questions: Pick<KeptQuestions, 'tick'>;
  readonly expectations: Pick<Expectations, 'set' | 'clear'>;
  /** Answers a question, whatever it is about. */
  readonly answer: Questions['answer'];
  readonly stop: Signals['stop'];
  readonly waiting: Pick<Waiting, 'list' | 'putNext'>;
  readonly session: Routing['session'];
}

/** Does what a button stands for. The same press has no further effect. Rejects with Redis's error. */
export type PerformAct = (
  button: Button,
  pressed: { kept: KeptQuestion; word: string; by: Presser; type(text: string): Promise<void> },
) => Promise<Performed>;

export function createPerformAct(needs: ActNeeds): PerformAct {
  const { questions, expectations, stop, waiting, session } = needs;
  const showQueue = createQueueMenu({ waiting, session });
  /** The menu is about the session of its last queue; those before are what it was called. */
  const refreshed = async (asked: Asked, pressed: QueueRef): Promise<Asked> => ({
    ...asked,
    ...asShown(await showQueue(queuesOf(asked).at(-1) ?? pressed)),
  });
  const together = async ({ queue, jobId }: JobSubject) =>
    sentWith(await waiting.list(queue.name, MOST_LOOKED_AT), jobId);
  const answer = async (
    { questionId, about }: Asked,
    { value, label }: { value: string; label: string },
    by: Presser,
  ): Promise<Performed> => {
    const answered = about && { questionId, about };
    const holds = answered && (await needs.answer(answered, { id: by.id, value, by: by.userName }));
    if (holds === undefined) return { done: false };
    if (holds.id === by.id) return { done: true, outcome: words.chosen(label, by.userName) };
    // A text was quicker, and brings its own outcome.
    return { done: false, toast: words.alreadyAnswered(holds.by), isShown: true };
  };
  return async ({ act, label }, { kept, word, by, type }) => {
    const { asked } = kept;
    switch (act.do) {
      case 'answer':
        return answer(asked, { value: act.value, label }, by);
      case 'explain':
        if (!asked.about) return { done: false };
        await expectations.set(by.place, by.userId, {
          about: asked.about,
          questionId: asked.questionId,
          prefix: act.prefix,
        });
        return { done: true, toast: words.writeIt, asked: awaitingWords(asked, by) };
      case 'take-back':
        await expectations.clear(by.place, asked.inOwnWords?.userId ?? by.userId, asked.questionId);
        return { done: true, toast: '', asked: asBefore(asked) };
      case 'tick':
        await questions.tick(by.place.chatId, word, act.value, by.id);
        return { done: true, toast: '', asked };
      case 'answer-ticked': {
        const chosen = markedOf(kept).join(', ');
        return answer(asked, { value: chosen, label: chosen }, by);
      }
      case 'settle':
        return { done: true };
      case 'command':
        await type(act.text);
        return { done: true, toast: '' };
      case 'stop':
        // The one that is named last: a press that comes again finds the others by it.
        for (const jobId of (await together(act.about)).reverse())
          await stop(act.about.queue, { id: by.id, jobId, by: by.userName });
        return { done: true, asked: await refreshed(asked, act.about.queue) };
      case 'run-next': {
        const done = await waiting.putNext(act.about.queue.name, ...(await together(act.about)));
        return { done, asked: await refreshed(asked, act.about.queue) };
      }
    }
  };
}

function queuesOf({ rows }: Asked): QueueRef[] {
  return rows.flat().flatMap(({ act }) => (act.do === 'stop' ? [act.about.queue] : []));
}
