import { plainOutput } from '@signalbox/contracts';

/**
 * Text as Telegram takes it: plain characters, and entities that say which of them are formatted. Nothing in it is ever parsed
 * again, so nothing in it needs escaping. All offsets and lengths are UTF-16 units, as the Bot API counts and as JavaScript does.
 */
export interface FormattedText {
  readonly text: string;
  /** Sorted by offset, an outer one before its inner ones. */
  readonly entities: readonly MessageEntity[];
}

interface Range {
  /** UTF-16 units from the start of the text. */
  readonly offset: number;
  /** UTF-16 units, at least 1. */
  readonly length: number;
}

interface PlainEntity extends Range {
  readonly type: 'blockquote' | 'expandable_blockquote' | 'bold' | 'italic' | 'strikethrough' | 'code';
}
interface PreEntity extends Range {
  readonly type: 'pre';
  readonly language?: string;
}
interface LinkEntity extends Range {
  readonly type: 'text_link';
  /** Absolute http or https address. */
  readonly url: string;
}

/** The kinds of the Bot API's MessageEntity that are made here. */
export type MessageEntity = PlainEntity | PreEntity | LinkEntity;
export type EntityType = MessageEntity['type'];

/** Whether Telegram shows nothing for `text`, and so refuses to send it. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{Cf}\p{Cc}\u115f\u1160\u2800\u3164\uffa0]/u.test(text);
}

/**
 * `text` as it will stand in a message: line ends are `\n`, tabs are spaces (the server would make them one space each), what a terminal
 * would not show, control characters and marks that turn the direction of writing are gone, halves of surrogate pairs are replaced (the server refuses them).
 */
export function cleanText(text: string): string {
  const clean = plainOutput(text)
    .replace(/[\u2028\u2029]/g, '\n')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\u202a-\u202e]/g, '');
  return clean.includes('\t') ? clean.split('\n').map(expandTabs).join('\n') : clean;
}

/** Tab stops every 4 columns. */
function expandTabs(line: string): string {
  if (!line.includes('\t')) return line;
  let expanded = '';
  for (const [index, piece] of line.split('\t').entries()) {
    if (index > 0) expanded += ' '.repeat(4 - (expanded.length % 4));
    expanded += piece;
  }
  return expanded;
}

/** `text` without any formatting: what is shown is what was given. */
export function plainText(text: string): FormattedText {
  return { text: cleanText(text).trim(), entities: [] };
}

/** Entities that keep the blanks at their ends: in code they count, and quotes may begin or end with code. */
const KEEPS_BLANKS: ReadonlySet<EntityType> = new Set(['code', 'pre', 'blockquote', 'expandable_blockquote']);

/** Clips an entity to `text` and takes the blanks off both of its ends. `undefined` if nothing is left. */
export function trimEntity(entity: MessageEntity, text: string): MessageEntity | undefined {
  let start = entity.offset;
  let end = Math.min(entity.offset + entity.length, text.length);
  const isTrimmed = !KEEPS_BLANKS.has(entity.type);
  if (text.slice(start, end).trim() === '') return undefined;
  while (isTrimmed && isBlankAt(text, end - 1)) end -= 1;
  while (isTrimmed && isBlankAt(text, start)) start += 1;
  return { ...entity, offset: start, length: end - start };
}

function isBlankAt(text: string, index: number): boolean {
  return text.charAt(index).trim() === '';
}
