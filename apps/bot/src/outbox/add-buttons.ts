import type { Reply } from '@signalbox/contracts';
import type { Expectations } from '../asking/expectations.ts';
import { asShown, hasButtons, keyboardOf, type Questions, rowsOf } from '../asking/questions.ts';
import type { Delivery } from './delivery.ts';
import type { Part } from './part.ts';

/** What adding the buttons calls. */
export interface ButtonDependencies {
  readonly questions: Pick<Questions, 'keep' | 'wordFor'>;
  readonly expectations: Pick<Expectations, 'set'>;
}

/** A question about a job. */
const ALWAYS_ONCE = { once: true, userId: undefined, textAnswers: undefined };
/** The buttons of a report lead to others. */
const STAYING = { ...ALWAYS_ONCE, once: false };

/** Gives the last part of a reply its buttons, if it has some; what they mean is kept before anybody can press them. */
export async function addButtons(
  parts: Part[],
  reply: Reply,
  { replyId: questionId, surely }: Delivery,
  { questions, expectations }: ButtonDependencies,
): Promise<Part[]> {
  const last = parts.at(-1);
  if (!hasButtons(reply) || last?.kind !== 'message') return parts;
  const { place } = reply;
  const { once, userId, textAnswers } = reply.kind === 'menu' ? reply : reply.kind === 'report' ? STAYING : ALWAYS_ONCE;
  const rows = rowsOf(reply);
  const asked = { questionId, once, userId, ...asShown({ message: last.message, rows }) };
  await surely(() => questions.keep(place.chatId, asked));
  if (textAnswers) await surely(() => expectations.set(place, userId, textAnswers));
  const keyboard = keyboardOf(rows, questions.wordFor(questionId));
  return [...parts.slice(0, -1), { ...last, keyboard }];
}
