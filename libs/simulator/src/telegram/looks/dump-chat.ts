import { cutText } from '../../common/cut-text.ts';
import type { ShownDraft } from '../cloud/fleeting.ts';
import type { ShownMessage } from '../cloud/shown-message.ts';

/** A chat written down for an error message, the newest 30 messages. */
export function dumpChat(name: string, messages: readonly ShownMessage[], draft: ShownDraft | undefined): string {
  const newest = messages.slice(-30).map(describeMessage);
  const omitted = messages.length > newest.length ? [`  … ${messages.length - newest.length} earlier messages`] : [];
  const live = draft === undefined ? [] : [`  (draft ${draft.draftId}) ${clip(draft.text)}`];
  const lines = [...omitted, ...newest, ...live];
  return `${name} shows:\n${lines.length > 0 ? lines.join('\n') : '  nothing'}`;
}

function describeMessage(message: ShownMessage): string {
  const marks = [
    message.thread === undefined ? '' : `topic ${message.thread}`,
    message.replyTo === undefined ? '' : `reply to ${message.replyTo.id}`,
    message.edited ? 'edited' : '',
    message.deleted ? 'deleted' : '',
    message.file === undefined ? '' : `${message.file.kind} ${message.file.name} (${message.file.size} bytes)`,
    ...message.reactions.map(({ emoji }) => emoji),
  ].filter((mark) => mark !== '');
  const buttons = message.buttons.map((row) => row.map((button) => `[${button.text}]`).join(' '));
  const text = clip(message.service ?? message.text);
  return `  ${message.id} ${message.from.name}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}: ${[text, ...buttons].join(' ')}`;
}

function clip(text: string): string {
  const line = text.replaceAll('\n', '⏎');
  return line.length > 300 ? `${cutText(line, 300)}… (${text.length} characters)` : line;
}
