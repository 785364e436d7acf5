import type { EntityType, MessageEntity } from './formatted-text.ts';

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
