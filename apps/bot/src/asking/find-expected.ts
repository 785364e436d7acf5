import type { Place } from '@signalbox/contracts';
import type { Expectation, Expectations } from './expectations.ts';
import { type KeptQuestions, markedOf } from './keep-questions.ts';

/** What a text may answer, and the options that are marked there by now: they are part of the answer. */
export type ExpectedAnswer = Expectation & { readonly marked: readonly string[] };

/** Finds what a text of a person in a place may answer, in the order in which it is tried. Rejects with Redis's error. */
export type FindExpected = (place: Place, userId: number) => Promise<ExpectedAnswer[]>;

export function createFindExpected(
  expectations: Pick<Expectations, 'find'>,
  questions: Pick<KeptQuestions, 'find' | 'wordFor'>,
): FindExpected {
  return async (place, userId) => {
    const expected = await expectations.find(place, userId);
    const kept = await Promise.all(
      expected.map(({ questionId }) => questions.find(place.chatId, questions.wordFor(questionId))),
    );
    return expected.map((each, index) => ({ ...each, marked: markedOf(kept[index]) }));
  };
}
