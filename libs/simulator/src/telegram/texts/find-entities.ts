import type { MessageEntity } from '../protocol/api-types.ts';
import { FOUND_BY_SERVER } from './validate-entities.ts';

const PATTERNS: readonly { type: string; pattern: RegExp }[] = [
  { type: 'url', pattern: /\bhttps?:\/\/[^\s<>"'`]*[^\s<>"'`.,;:!?)\]}]/g },
  { type: 'email', pattern: /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/g },
  { type: 'bot_command', pattern: /(?<![\w/<>])\/[a-zA-Z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])/g },
  { type: 'mention', pattern: /(?<![\w@])@\w{3,32}\b/g },
  { type: 'hashtag', pattern: /(?<![\w#])#(?=[^\s#]*\p{L})[\p{L}\p{N}_]+/gu },
];

/**
 * Adds the entities that the server finds by itself: links, commands, mentions. None inside code, links or each other,
 * and what the sender itself marked as such counts only where the server agrees.
 * @param given the sender's entities, already checked
 */
export function findEntities(text: string, given: readonly MessageEntity[]): MessageEntity[] {
  const kept = given.filter((entity) => !FOUND_BY_SERVER.has(entity.type));
  const closed = kept.filter((entity) => ['code', 'pre', 'text_link', 'text_mention'].includes(entity.type));
  const found: MessageEntity[] = [];
  for (const { type, pattern } of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length };
      if ([...closed, ...found].some((other) => touches(entity, other))) continue;
      if (kept.some((other) => crosses(entity, other))) continue;
      found.push(entity);
    }
  }
  return [...kept, ...found].sort((a, b) => a.offset - b.offset || b.length - a.length);
}

function touches(a: MessageEntity, b: MessageEntity): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

/** True if two entities overlap and neither holds the other. */
function crosses(a: MessageEntity, b: MessageEntity): boolean {
  if (!touches(a, b)) return false;
  const inside = (x: MessageEntity, y: MessageEntity) =>
    x.offset >= y.offset && x.offset + x.length <= y.offset + y.length;
  return !inside(a, b) && !inside(b, a);
}
