import type { AnyMessage, Content } from './content.ts';
import { CONTENT_KINDS, type Handling, kindOf } from './content-kinds.ts';
import { filesOf } from './kinds/read-files.ts';
import { written } from './writing/write-markdown.ts';

/** Reads what a message holds, whatever kind it is; `undefined` if it only tells what became of the chat. */
export function readContent(message: AnyMessage): Content | undefined {
  const kind = kindOf(message);
  // It is newer than this bot, or nothing is left of it.
  if (kind === undefined) return { ...captionOf(message), files: [], refused: 'this kind of message' };
  const handling = CONTENT_KINDS[kind];
  if (handling.as === 'event') return undefined;
  const content = handle(handling, message, message[kind]);
  if (content.refused !== undefined || content.files.length > 0 || content.text.trim() !== '') return content;
  return { ...content, refused: handling.as === 'text' ? 'empty messages' : handling.named };
}

function handle(handling: Exclude<Handling, { as: 'event' }>, message: AnyMessage, sent: unknown): Content {
  if (handling.as === 'text') return { ...textOf(sent, message.entities), files: [] };
  const caption = captionOf(message);
  if (handling.as === 'refused') return { ...caption, files: [], refused: handling.named };
  if (handling.as === 'file') {
    const files = filesOf(message);
    return { ...caption, files, ...(files.length === 0 ? { refused: handling.named } : {}) };
  }
  const described = handling.describe(sent);
  if (!described) return { ...caption, files: [], refused: handling.named };
  const both = (own: string) => [described.text, own].filter((each) => each.trim() !== '').join('\n\n');
  return { text: both(caption.text), markdown: both(caption.markdown), files: described.files ?? [] };
}

type Written = Pick<Content, 'text' | 'markdown'>;

function captionOf({ caption, caption_entities: entities }: AnyMessage): Written {
  const written = textOf(caption, entities);
  return written.text.trim() === '' ? { text: '', markdown: '' } : written;
}

function textOf(sent: unknown, entities: unknown): Written {
  const text = typeof sent === 'string' ? sent : '';
  return { text, markdown: written(text, entities) };
}
