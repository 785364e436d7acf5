import type { FormattedText, MessageEntity } from './formatted-text.ts';

/** Where a part ends, and where the next one begins: what is between them is white space that the cut replaces. */
export interface Cut {
  readonly end: number;
  readonly next: number;
}

/** A part is at least this full before a break that reads better is preferred to a later one. */
const LEAST_FILL = 1 / 4;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Where to cut a text that goes on beyond `hard`, the last possible place for the part that begins at `start`: before a code block
 * that can stay whole, else at a paragraph, line, word or grapheme. Offsets in UTF-16 units. `limit` is the longest part.
 */
export function chooseCut(formatted: FormattedText, start: number, hard: number, limit: number): Cut {
  const code = formatted.entities.filter(isCode).filter((entity) => entityEnd(entity) > start && entity.offset <= hard);
  const block = code.find((entity) => entity.type === 'pre' && isInside(entity, hard));
  const text = formatted.text;
  if (!block) return chooseInText(text, code, start, hard, limit);
  const isMoved = block.offset > start && (block.length <= limit || hard - block.offset < limit * LEAST_FILL);
  if (isMoved && text.slice(start, block.offset).trim() !== '') return aroundBlanks(text, code, start, block.offset);
  return cutCodeBlock(text, block, start, hard);
}

function chooseInText(text: string, code: readonly MessageEntity[], start: number, hard: number, limit: number): Cut {
  const least = start + Math.floor(limit * LEAST_FILL);
  const blocks = code.filter((entity) => entity.type === 'pre');
  const at =
    lastBreak(text, '\n\n', blocks, least, hard) ??
    lastBreak(text, '\n', blocks, least, hard) ??
    lastBlank(text, code, start, hard) ??
    lastGrapheme(text, start, hard);
  return aroundBlanks(text, code, start, at);
}

/** A code block that no message can hold is cut between two lines, and the blank lines there begin the next part. */
function cutCodeBlock(text: string, block: MessageEntity, start: number, hard: number): Cut {
  const first = Math.max(block.offset, start);
  let end = text.lastIndexOf('\n', hard);
  while (end > first && text.charAt(end - 1) === '\n') end -= 1;
  if (end > first) return { end, next: end + 1 };
  const inLine = lastGrapheme(text, start, hard);
  return { end: inLine, next: inLine };
}

/** The last `separator` in the range that is not inside one of `kept`. */
function lastBreak(
  text: string,
  separator: string,
  kept: readonly MessageEntity[],
  least: number,
  hard: number,
): number | undefined {
  let at = text.lastIndexOf(separator, hard);
  for (let inside = insideOf(kept, at); inside; inside = insideOf(kept, at)) {
    at = text.lastIndexOf(separator, inside.offset);
  }
  return at >= least ? at : undefined;
}

function lastBlank(text: string, kept: readonly MessageEntity[], start: number, hard: number): number | undefined {
  for (let at = hard; at > start; at -= 1) {
    // A mark that combines with the blank makes one character of the two.
    const isBlank = /\s/.test(text.charAt(at)) && !/^[\p{M}\u200d]/u.test(text.slice(at + 1, at + 3));
    if (isBlank && !insideOf(kept, at)) return at;
  }
  return undefined;
}

/** The last place at or before `hard` that splits no character that a person sees, or else none of Unicode's. */
function lastGrapheme(text: string, start: number, hard: number): number {
  const segment = graphemes.segment(text.slice(start, hard + 2)).containing(hard - start);
  if (segment && segment.index > 0) return start + segment.index;
  const splitsPair = /[\udc00-\udfff]/.test(text.charAt(hard)) && /[\ud800-\udbff]/.test(text.charAt(hard - 1));
  return splitsPair && hard - 1 > start ? hard - 1 : hard;
}

/** Leaves out the white space at a cut, as far as it is not code. */
function aroundBlanks(text: string, code: readonly MessageEntity[], start: number, at: number): Cut {
  let end = at;
  let next = at;
  while (end > start && /\s/.test(text.charAt(end - 1)) && !code.some((entity) => isIn(entity, end - 1))) end -= 1;
  while (next < text.length && /\s/.test(text.charAt(next)) && !code.some((entity) => isIn(entity, next))) next += 1;
  return { end, next: Math.max(next, start + 1) };
}

export function isCode(entity: MessageEntity): boolean {
  return entity.type === 'code' || entity.type === 'pre';
}

export function entityEnd(entity: MessageEntity): number {
  return entity.offset + entity.length;
}

function insideOf(entities: readonly MessageEntity[], at: number): MessageEntity | undefined {
  return entities.find((entity) => isInside(entity, at));
}

/** Whether a cut at `at` would cut the entity. */
function isInside(entity: MessageEntity, at: number): boolean {
  return entity.offset < at && at < entityEnd(entity);
}

/** Whether the character at `at` is part of the entity. */
function isIn(entity: MessageEntity, at: number): boolean {
  return entity.offset <= at && at < entityEnd(entity);
}
