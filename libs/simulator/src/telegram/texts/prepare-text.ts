import type { Message, MessageEntity } from '../protocol/api-types.ts';
import { badRequest } from '../protocol/errors.ts';
import { findEntities } from './find-entities.ts';
import { validateEntities } from './validate-entities.ts';

/** A text as the server keeps it. */
type PreparedText = { text: string; entities: MessageEntity[] };

/** What a person or a call gives as text: the raw values. */
type GivenText = { text: unknown; entities?: unknown; parseMode?: unknown };

/** UTF-16 units of a message's text. */
export const MAX_TEXT = 4096;
/** UTF-16 units of a file's caption. */
const MAX_CAPTION = 1024;

/** The fields of a message with this text. @throws TelegramError (400), with `tooLong` for a text beyond the limit */
export function textFields(
  given: GivenText,
  tooLong = 'message is too long',
): { text: string; entities?: MessageEntity[] } {
  const { text, entities } = prepareText(given, MAX_TEXT, tooLong);
  return { text, ...(entities.length > 0 ? { entities } : {}) };
}

/** The fields of a message with this caption; none for an empty one. @throws TelegramError (400) */
export function captionFields(given: GivenText): Pick<Message, 'caption' | 'caption_entities'> {
  const { text, entities } = prepareText(given, MAX_CAPTION, 'message caption is too long');
  if (text === '') return {};
  return { caption: text, ...(entities.length > 0 ? { caption_entities: entities } : {}) };
}

/**
 * Does to a text what the server does: entities checked, tabs and other controls to spaces, ends trimmed, links and commands found.
 * @param limit UTF-16 units
 * @throws TelegramError (400)
 */
function prepareText({ text, entities, parseMode }: GivenText, limit: number, tooLong: string): PreparedText {
  if (parseMode !== undefined && parseMode !== '') {
    throw badRequest(
      `can't parse entities: the simulator knows no parse_mode (got "${String(parseMode)}"); send entities`,
    );
  }
  const given = text === undefined || text === null ? '' : String(text);
  const cleaned = cleanText(given);
  const trimmed = trim(cleaned, validateEntities(given, entities));
  if (trimmed.text.length > limit) throw badRequest(tooLong);
  return { text: trimmed.text, entities: findEntities(trimmed.text, trimmed.entities) };
}

/** Replaces control characters, tabs among them, each by one space, so that offsets stay right. Line breaks stay. */
function cleanText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ');
}

/** Trims white space off both ends; entities move with the text, and one that held nothing else goes. */
function trim(text: string, entities: readonly MessageEntity[]): PreparedText {
  const start = text.length - text.trimStart().length;
  const end = start + text.trim().length;
  const kept: MessageEntity[] = [];
  for (const entity of entities) {
    const from = Math.max(entity.offset, start);
    const to = Math.min(entity.offset + entity.length, end);
    if (to > from) kept.push({ ...entity, offset: from - start, length: to - from });
  }
  return { text: text.slice(start, end), entities: kept };
}
