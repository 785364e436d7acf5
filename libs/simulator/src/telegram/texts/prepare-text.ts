import type { MessageEntity } from '../protocol/api-types.ts';
import { badRequest } from '../protocol/errors.ts';
import { findEntities } from './find-entities.ts';
import { validateEntities } from './validate-entities.ts';

/** A text as the server keeps it. */
export type PreparedText = { text: string; entities: MessageEntity[] };

/** What a call gives as text: the raw values of its parameters. */
export type GivenText = { text: unknown; entities: unknown; parseMode: unknown };

/**
 * Does to a text what the server does: entities checked, tabs and other controls to spaces, ends trimmed, links and commands found.
 * @param limit UTF-16 units; 4096 for messages, 1024 for captions
 * @throws TelegramError (400)
 */
export function prepareText({ text, entities, parseMode }: GivenText, limit: number, tooLong: string): PreparedText {
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
