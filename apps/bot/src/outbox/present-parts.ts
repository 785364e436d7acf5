import { beginningOf, type Reply } from '@signalbox/contracts';
import { filesParts } from '../files/present-files.ts';
import { renderMarkdown } from '../rendering/markdown/render-markdown.ts';
import { presentCalls } from '../rendering/present-calls.ts';
import { presentReply } from '../rendering/present-reply.ts';
import { renderReport } from '../rendering/render-report.ts';
import { type FormattedText, plainText } from '../rendering/text/formatted-text.ts';
import { splitMessage } from '../rendering/text/split-message.ts';
import type { Part } from './part.ts';

/** The parts of a reply. The same reply always has the same parts, so that the journal can name them by number. */
export function partsOf(reply: Reply): Part[] {
  if (reply.kind === 'text' || reply.kind === 'again')
    return splitMessage(plainText(reply.text)).map((message) => ({ kind: 'message', message }));
  if (reply.kind === 'settled' || reply.kind === 'refreshed' || reply.kind === 'reaction') return [];
  if (reply.kind === 'question' || reply.kind === 'menu') {
    const messages: Part[] = splitMessage(isPlain(reply) ? plainText(reply.text) : renderMarkdown(reply.text)).map(
      (message) => ({ kind: 'message', message }),
    );
    if (reply.kind === 'menu' || !reply.attachment) return messages;
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
  return plainText(beginningOf(text, 1_000));
}
