import { chooseCut, entityEnd, isCode } from './choose-cut.ts';
import { type FormattedText, isBlank, type MessageEntity, trimEntity } from './formatted-text.ts';

/** Longest text of a message, in UTF-16 units. In UTF-8 that is 12,288 bytes at most, so the limit of 32,768 bytes holds as well. */
export const MAX_MESSAGE_LENGTH = 4_096;
/** Telegram ignores entities beyond this number. */
const MAX_ENTITIES = 100;

/** What is given up first when a message has too many entities; code never is. */
const IMPORTANCE: Readonly<Record<MessageEntity['type'], number>> = {
  italic: 1,
  strikethrough: 2,
  bold: 3,
  blockquote: 4,
  expandable_blockquote: 4,
  text_link: 5,
  code: 6,
  pre: 6,
};

/**
 * Cuts a text into messages of at most `limit` UTF-16 units (`MAX_MESSAGE_LENGTH` if more is asked for) and 100 entities each, at a
 * paragraph, line, word or grapheme. Entities are cut and reopened; a code block that fits into one message is not cut. Only white
 * space is lost, and none in code but a line break. No part is blank; a blank text has no parts.
 */
export function splitMessage(formatted: FormattedText, limit = MAX_MESSAGE_LENGTH): FormattedText[] {
  return [...cutParts(formatted, Math.max(1, Math.min(limit, MAX_MESSAGE_LENGTH)))];
}

/** The first `count` parts that `splitMessage` would give, without the work of cutting the rest. */
export function firstParts(formatted: FormattedText, count: number, limit = MAX_MESSAGE_LENGTH): FormattedText[] {
  const parts: FormattedText[] = [];
  for (const part of cutParts(formatted, limit)) if (parts.push(part) === count) break;
  return parts;
}

function* cutParts({ text, entities }: FormattedText, limit: number): Generator<FormattedText> {
  let first = 0;
  for (let start = 0; start < text.length; ) {
    first = skipEnded(entities, first, start);
    const near = { text, entities: entities.slice(first, skipBegun(entities, first, start + limit)) };
    const hard = lastEnd(near, start, limit);
    const isRest = hard === text.length;
    const { end, next } = isRest ? { end: hard, next: hard } : chooseCut(near, start, hard, limit);
    const part = slice(near, start, end);
    if (!isBlank(part.text)) yield part;
    start = next;
  }
}

/** The index of the first entity, from `index` on, that reaches beyond `at`. */
function skipEnded(entities: readonly MessageEntity[], index: number, at: number): number {
  let first = index;
  for (let next = entities[first]; next && entityEnd(next) <= at; next = entities[first]) first += 1;
  return first;
}

/** The index of the first entity, from `index` on, that begins beyond `at`. */
function skipBegun(entities: readonly MessageEntity[], index: number, at: number): number {
  let first = index;
  for (let next = entities[first]; next && next.offset <= at; next = entities[first]) first += 1;
  return first;
}

/** The furthest end of a part, by its length and by the code in it, which may not be dropped to save entities. */
function lastEnd({ text, entities }: FormattedText, start: number, limit: number): number {
  const end = Math.min(start + limit, text.length);
  const code = entities.filter((entity) => isCode(entity) && entityEnd(entity) > start && entity.offset < end);
  return code[MAX_ENTITIES]?.offset ?? end;
}

/** One part, with the entities that reach into it. */
function slice({ text, entities }: FormattedText, start: number, end: number): FormattedText {
  const part = text.slice(start, end);
  const reaching = entities.filter((entity) => entityEnd(entity) > start && entity.offset < end);
  const clipped = reaching.flatMap((entity) => {
    const offset = Math.max(entity.offset, start);
    const length = Math.min(entityEnd(entity), end) - offset;
    return trimEntity({ ...entity, offset: offset - start, length }, part) ?? [];
  });
  return { text: part, entities: keepImportant(clipped) };
}

function keepImportant(entities: readonly MessageEntity[]): readonly MessageEntity[] {
  if (entities.length <= MAX_ENTITIES) return entities;
  const byImportance = entities.toSorted((a, b) => IMPORTANCE[b.type] - IMPORTANCE[a.type]);
  const kept = new Set(byImportance.slice(0, MAX_ENTITIES));
  return entities.filter((entity) => kept.has(entity));
}
