import { words } from '../wording/words.ts';
import type { Asked } from './keep-questions.ts';
import { asShown, messageOf, withLine } from './show-buttons.ts';

/** A question to which a person is about to write their own answer: it says so in place of its buttons, with one to take that back. Pure. */
export function awaitingWords(asked: Asked, { userId, userName }: { userId: number; userName: string }): Asked {
  const { shown, rows } = asked;
  const message = withLine(messageOf(asked), words.waitsForText(userName));
  const back = { label: words.takeBack, act: { do: 'take-back' } } as const;
  return { ...asked, ...asShown({ message, rows: [[back]] }), inOwnWords: { userId, shown, rows } };
}

/** The question as it was before that. Pure. */
export function asBefore({ inOwnWords, ...asked }: Asked): Asked {
  return inOwnWords ? { ...asked, shown: inOwnWords.shown, rows: inOwnWords.rows } : asked;
}
