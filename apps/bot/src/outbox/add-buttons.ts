import type { Reply } from '@signalbox/contracts';
import type { Expectation, Expectations } from '../asking/expectations.ts';
import type { KeptQuestions } from '../asking/keep-questions.ts';
import { asShown, hasButtons, keyboardOf, termsOf } from '../asking/show-buttons.ts';
import type { Delivery } from './delivery.ts';
import type { Part } from './part.ts';

/** What adding the buttons calls. */
export interface ButtonDependencies {
  readonly questions: Pick<KeptQuestions, 'keep' | 'wordFor'>;
  readonly expectations: Pick<Expectations, 'set'>;
}

/** Gives the last part of a reply its buttons, if it has some; what they mean is kept before anybody can press them. */
export async function addButtons(
  parts: Part[],
  reply: Reply,
  { replyId: questionId, surely }: Delivery,
  { questions, expectations }: ButtonDependencies,
): Promise<Part[]> {
  const last = parts.at(-1);
  if (!hasButtons(reply) || last?.kind !== 'message') return parts;
  const { place, rows } = reply;
  const asked = { questionId, ...termsOf(reply), ...asShown({ message: last.message, rows }) };
  await surely(() => questions.keep(place.chatId, asked));
  const expected = expectedFor(reply, questionId);
  if (expected) await surely(() => expectations.set(place, expected.userId, expected.expectation));
  const keyboard = keyboardOf(rows, questions.wordFor(questionId));
  return [...parts.slice(0, -1), { ...last, keyboard }];
}

/** Whose text answers a reply, and which question it answers; `undefined`: none does. */
export function expectedFor(
  reply: Reply,
  questionId: string,
): { userId: number | undefined; expectation: Expectation } | undefined {
  if (reply.kind !== 'question' || !reply.textAnswers) return undefined;
  return { userId: reply.userId, expectation: { about: reply.about, questionId, ...reply.textAnswers } };
}
