import type { Reply } from '@signalbox/contracts';
import type { Log } from '@signalbox/service';
import type { Expectations } from '../asking/expectations.ts';
import { asShown, hasButtons, keyboardOf, type Questions, rowsOf } from '../asking/questions.ts';
import type { Delivery } from './delivery.ts';
import type { Part } from './part.ts';
import { partsAnyway } from './present-parts.ts';

/** What adding the buttons calls. */
export interface ButtonDependencies {
  readonly questions: Pick<Questions, 'keep' | 'wordFor'>;
  readonly expectations: Pick<Expectations, 'set'>;
  readonly log: Log;
}

/** A question about a job. */
const ALWAYS_ONCE = { once: true, userId: undefined, textAnswers: undefined };
/** The buttons of a report lead to others. */
const STAYING = { ...ALWAYS_ONCE, once: false };

/** The parts of a reply. The last one of a question has its buttons; what they mean is kept before anybody can press them. */
export async function partsWithButtons(
  reply: Reply,
  { replyId: questionId, surely }: Delivery,
  { questions, expectations, log }: ButtonDependencies,
): Promise<Part[]> {
  const parts = partsAnyway(reply, (err) => log.error({ err, reply: questionId }, 'A reply could not be rendered'));
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
