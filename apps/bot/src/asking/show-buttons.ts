import type { Button, Menu, Question, Reply, ShownReport } from '@signalbox/contracts';
import type { FormattedText } from '../rendering/text/formatted-text.ts';
import { MAX_MESSAGE_LENGTH } from '../rendering/text/split-message.ts';
import type { Keyboard } from '../telegram/keyboard.ts';
import { buttonDataOf } from './button-data.ts';
import type { Asked } from './keep-questions.ts';

/** A reply with buttons below. */
export type WithButtons = Question | Menu | (ShownReport & Pick<Menu, 'rows'>);

/** A message and its buttons, as they are to be shown. */
export interface ButtonView {
  readonly message: FormattedText;
  readonly rows: readonly (readonly Button[])[];
}

/** Whether there are buttons below a reply. */
export function hasButtons(reply: Reply): reply is WithButtons {
  return reply.kind === 'question' || reply.kind === 'menu' || (reply.kind === 'report' && reply.rows !== undefined);
}

/** What a press on a button of the reply means, besides what the button says. The buttons of a report lead to others, and stay. */
export function termsOf(reply: WithButtons): Pick<Asked, 'once' | 'about' | 'userId'> {
  if (reply.kind === 'question') return { once: true, about: reply.about, userId: reply.userId };
  return { once: reply.kind === 'menu' && reply.once };
}

/** What is kept of a message. */
export function asShown({ message, rows }: ButtonView): Pick<Asked, 'shown' | 'rows'> {
  const { text, entities } = message;
  return { shown: { text, entities: entities.map((each) => ({ ...each })) }, rows: rows.map((row) => [...row]) };
}

/** The message as it is shown now. */
export function messageOf({ shown }: Pick<Asked, 'shown'>): FormattedText {
  return shown as FormattedText;
}

/** A message with a line below it, if there is room. */
export function withLine(message: FormattedText, line: string): FormattedText {
  const text = `${message.text}\n\n${line}`;
  return text.length > MAX_MESSAGE_LENGTH ? message : { ...message, text };
}

/** @param ticked what is marked of the options that can be */
export function keyboardOf(
  rows: readonly (readonly Button[])[],
  word: string,
  ticked: readonly string[] = [],
): Keyboard {
  return rows.map((row) =>
    row.map(({ label, act }) => {
      const mark = act.do === 'tick' ? (ticked.includes(act.value) ? '☑ ' : '☐ ') : '';
      return { label: mark + label, data: buttonDataOf(word, act) };
    }),
  );
}
