import { beginningOf } from '@signalbox/contracts';
import { type FilesPart, plainerFiles } from '../files/files-part.ts';
import { type FormattedText, plainText } from '../rendering/text/formatted-text.ts';
import { splitMessage } from '../rendering/text/split-message.ts';
import type { Keyboard } from '../telegram/keyboard.ts';
import { words } from '../wording/words.ts';

/** One thing to send: a message, a text file with a caption, or files that are in Redis. */
export type Part =
  | { kind: 'message'; message: FormattedText; keyboard?: Keyboard | undefined }
  | { kind: 'file'; name: string; content: string; caption: FormattedText }
  | FilesPart;

/** A message that Telegram takes in no other form. */
const MESSAGE_FILE = 'message.txt';

/** How much is shown of a text file that is refused, in UTF-16 units. */
const BEGINNING = 3_900;

/** What stands before a part that may have been shown already. */
export const RESENT_MARK = '(resent after restart)';

/** The part with the mark before it; two messages if the mark no longer fits into one. */
export function markResent(part: Part): Part[] {
  if (part.kind !== 'message') return [{ ...part, caption: below(RESENT_MARK, part.caption) }];
  return messageBelow(RESENT_MARK, part);
}

/** The part with a line before it: of a file in a message of its own, for a caption holds little. */
export function putBelow(line: string, part: Part): Part[] {
  return part.kind === 'message' ? messageBelow(line, part) : [{ kind: 'message', message: plainText(line) }, part];
}

function messageBelow(line: string, { message, keyboard }: Extract<Part, { kind: 'message' }>): Part[] {
  const messages = splitMessage(below(line, message));
  return messages.map((each, index) => ({
    kind: 'message',
    message: each,
    ...(index === messages.length - 1 ? { keyboard } : {}),
  }));
}

function below(line: string, { text, entities }: FormattedText): FormattedText {
  const head = `${line}\n`;
  return {
    text: head + text,
    entities: entities.map((entity) => ({ ...entity, offset: entity.offset + head.length })),
  };
}

/**
 * The part in a form that may not be refused: a message without formatting, then as a file; a file without formatting, then as words with
 * its beginning. `refusal`: Telegram’s words.
 */
export function plainer(part: Part, refusal = ''): Part | undefined {
  if (part.kind === 'files') return plainerFiles(part, refusal);
  if (part.kind === 'file') {
    if (part.caption.entities.length > 0) return { ...part, caption: { text: part.caption.text, entities: [] } };
    return part.name === MESSAGE_FILE ? undefined : describeRefused(part, refusal);
  }
  if (part.message.entities.length > 0) return { ...part, message: { text: part.message.text, entities: [] } };
  return { kind: 'file', name: MESSAGE_FILE, content: part.message.text, caption: { text: '', entities: [] } };
}

/** What stands for a text file that Telegram refuses, for instance because its chat forbids files. */
function describeRefused({ name, content, caption }: Extract<Part, { kind: 'file' }>, refusal: string): Part {
  const why = words.filesNotShown([name], words.filesRefused(refusal));
  const whole = [caption.text, why, content].join('\n\n').trim();
  return { kind: 'message', message: plainText(beginningOf(whole, BEGINNING)) };
}
