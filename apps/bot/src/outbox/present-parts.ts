import type { Reply } from '@signalbox/contracts';
import { type FilesPart, filesParts, plainerFiles } from '../files/files-parts.ts';
import { renderMarkdown } from '../rendering/markdown/render-markdown.ts';
import { presentCalls } from '../rendering/present-calls.ts';
import { presentReply } from '../rendering/present-reply.ts';
import { renderReport } from '../rendering/render-report.ts';
import { type FormattedText, plainText } from '../rendering/text/formatted-text.ts';
import { splitMessage } from '../rendering/text/split-message.ts';
import type { Keyboard } from '../telegram/keyboard.ts';
import { cutText } from '../wording/cut-text.ts';
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

/** The parts of a reply. The same reply always has the same parts, so that the journal can name them by number. */
export function partsOf(reply: Reply): Part[] {
  if (reply.kind === 'text')
    return splitMessage(plainText(reply.text)).map((message) => ({ kind: 'message', message }));
  if (reply.kind === 'settled' || reply.kind === 'refreshed' || reply.kind === 'reaction') return [];
  if (reply.kind === 'question' || reply.kind === 'menu') {
    const messages: Part[] = splitMessage(isPlain(reply) ? plainText(reply.text) : renderMarkdown(reply.text)).map(
      (message) => ({ kind: 'message', message }),
    );
    if (reply.kind === 'question' || !reply.attachment) return messages;
    return [{ kind: 'file', ...reply.attachment, caption: plainText('') }, ...messages];
  }
  if (reply.kind === 'files') return filesParts(reply);
  if (reply.kind === 'document')
    return [{ kind: 'file', name: reply.name, content: reply.content, caption: captionOf(reply.text) }];
  if (reply.kind === 'report')
    return splitMessage(renderReport(reply.report)).map((message) => ({ kind: 'message', message }));
  if (reply.kind === 'tools') {
    const messages = splitMessage(presentCalls(reply.calls)).map((message): Part => ({ kind: 'message', message }));
    if (!reply.attachment) return messages;
    return [...messages, { kind: 'file', ...reply.attachment, caption: plainText('📎 All of it.') }];
  }
  const { messages, files } = presentReply(reply.text, { shorten: reply.shorten });
  return [
    ...messages.map((message): Part => ({ kind: 'message', message })),
    ...files.map((file): Part => ({ kind: 'file', ...file })),
  ];
}

/** The parts of a reply; one that cannot be rendered, for a bug of ours, is shown as it is: better ugly than lost. */
export function partsAnyway(reply: Reply, onBug: (error: unknown) => void): Part[] {
  try {
    return partsOf(reply);
  } catch (error) {
    onBug(error);
    return splitMessage(plainText(reply.text)).map((message) => ({ kind: 'message', message }));
  }
}

function isPlain(reply: Reply): boolean {
  return reply.kind === 'menu' && reply.plain === true;
}

/** A caption holds less than a message; what is ours to say in one is short. */
function captionOf(text: string): FormattedText {
  return plainText(cutText(text, 1_000));
}

/** The part with the mark before it; two messages if the mark no longer fits into one. */
export function markResent(part: Part): Part[] {
  if (part.kind !== 'message') return [{ ...part, caption: marked(part.caption) }];
  const messages = splitMessage(marked(part.message));
  return messages.map((message, index) => ({
    kind: 'message',
    message,
    ...(index === messages.length - 1 ? { keyboard: part.keyboard } : {}),
  }));
}

function marked({ text, entities }: FormattedText): FormattedText {
  const mark = `${RESENT_MARK}\n`;
  return {
    text: mark + text,
    entities: entities.map((entity) => ({ ...entity, offset: entity.offset + mark.length })),
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
    return part.name === MESSAGE_FILE ? undefined : beginningOf(part, refusal);
  }
  if (part.message.entities.length > 0) return { ...part, message: { text: part.message.text, entities: [] } };
  return { kind: 'file', name: MESSAGE_FILE, content: part.message.text, caption: { text: '', entities: [] } };
}

/** What stands for a text file that Telegram refuses, for instance because its chat forbids files. */
function beginningOf({ name, content, caption }: Extract<Part, { kind: 'file' }>, refusal: string): Part {
  const why = words.filesNotShown([name], words.filesRefused(refusal));
  const whole = [caption.text, why, content].join('\n\n').trim();
  return { kind: 'message', message: plainText(cutText(whole, BEGINNING)) };
}
