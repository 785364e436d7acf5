import { splitsPair } from '../../common/cut-text.ts';
import type { MessageEntity, User } from '../protocol/api-types.ts';
import { badRequest } from '../protocol/errors.ts';

const CODE = new Set(['code', 'pre']);
const QUOTES = new Set(['blockquote', 'expandable_blockquote']);
/** Types the server finds by itself; sent by a bot they are allowed and have no effect of their own. */
export const FOUND_BY_SERVER = new Set([
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bank_card_number',
]);
const STYLES = new Set([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'text_link',
  'text_mention',
  'custom_emoji',
  'date_time',
  ...CODE,
  ...QUOTES,
]);

/** At most so many entities of a message have an effect. */
const MAX_ENTITIES = 100;

/**
 * Checks entities against the text they belong to, more strictly than the real server, which drops or trims some of
 * them in silence: a test should learn of what a reader would not see.
 * @returns the entities sorted as Telegram returns them: by offset, longer first; the first 100, for more have no effect
 * @throws TelegramError (400) naming the entity and what is wrong with it
 */
export function validateEntities(text: string, entities: unknown): MessageEntity[] {
  if (entities === undefined) return [];
  if (!Array.isArray(entities)) throw badRequest("can't parse entities: expected an Array of MessageEntity");
  const read = entities.map((entity, at) => readEntity(text, entity, at));
  const sorted = read.sort((a, b) => a.offset - b.offset || b.length - a.length);
  checkNesting(sorted);
  return sorted.slice(0, MAX_ENTITIES);
}

function readEntity(text: string, value: unknown, at: number): MessageEntity {
  const wrong = (what: string) => badRequest(`can't parse entities: entity ${at} ${what}`);
  if (typeof value !== 'object' || value === null) throw wrong('is not an object');
  const { type, offset, length, url, language, user, custom_emoji_id } = value as Record<string, unknown>;
  if (typeof type !== 'string' || !(STYLES.has(type) || FOUND_BY_SERVER.has(type))) {
    throw wrong(`has an unknown type "${String(type)}"`);
  }
  if (!Number.isInteger(offset) || !Number.isInteger(length)) throw wrong('needs whole numbers as offset and length');
  const start = offset as number;
  const size = length as number;
  if (start < 0 || size < 1 || start + size > text.length) {
    throw wrong(`(${type}) covers ${start}..${start + size} of a text of ${text.length} UTF-16 units`);
  }
  if (splitsPair(text, start)) throw wrong(`begins in the middle of a UTF-16 symbol at offset ${start}`);
  if (splitsPair(text, start + size)) throw wrong(`ends in the middle of a UTF-16 symbol at offset ${start + size}`);
  const entity: MessageEntity = { type, offset: start, length: size };
  if (type === 'text_link') {
    if (typeof url !== 'string' || !isUrl(url)) throw wrong(`(text_link) has no usable url: "${String(url)}"`);
    entity.url = url;
  }
  if (type === 'pre' && typeof language === 'string' && language !== '') entity.language = language;
  if (type === 'text_mention') entity.user = user as User;
  if (type === 'custom_emoji') entity.custom_emoji_id = String(custom_emoji_id);
  return entity;
}

/** Walks the sorted entities with a stack of those that are open: each must end inside the one around it. */
function checkNesting(sorted: readonly MessageEntity[]): void {
  const open: MessageEntity[] = [];
  for (const entity of sorted) {
    while (open.length > 0 && endOf(open.at(-1)) <= entity.offset) open.pop();
    const outer = open.at(-1);
    if (outer !== undefined && endOf(entity) > endOf(outer)) {
      throw badRequest(`can't parse entities: ${describe(entity)} overlaps ${describe(outer)} without lying inside it`);
    }
    const forbidden = open.find((around) => cannotHold(around, entity));
    if (forbidden !== undefined) {
      throw badRequest(`can't parse entities: ${describe(entity)} may not lie inside ${describe(forbidden)}`);
    }
    open.push(entity);
  }
}

function cannotHold(outer: MessageEntity, inner: MessageEntity): boolean {
  if (CODE.has(outer.type)) return true;
  if (CODE.has(inner.type)) return !QUOTES.has(outer.type);
  if (outer.type === inner.type) return true;
  return QUOTES.has(outer.type) && QUOTES.has(inner.type);
}

function endOf(entity: MessageEntity | undefined): number {
  return entity === undefined ? 0 : entity.offset + entity.length;
}

function describe(entity: MessageEntity): string {
  return `${entity.type} ${entity.offset}..${endOf(entity)}`;
}

function isUrl(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:', 'tg:', 'mailto:', 'ton:', 'tel:'].includes(new URL(url).protocol);
}
