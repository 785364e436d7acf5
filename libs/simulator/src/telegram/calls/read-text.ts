import type { Params } from '../protocol/params.ts';
import { captionFields, textFields } from '../texts/prepare-text.ts';

/** Reads the text of a call and its entities. @throws TelegramError (400), with `tooLong` for a text beyond the limit */
export function readText(params: Params, tooLong?: string): ReturnType<typeof textFields> {
  const given = { text: params.text('text'), entities: params.json('entities'), parseMode: params.raw('parse_mode') };
  return textFields(given, tooLong);
}

/** Reads the caption of a call and its entities; no fields for none. @throws TelegramError (400) */
export function readCaption(params: Params): ReturnType<typeof captionFields> {
  const entities = params.json('caption_entities');
  return captionFields({ text: params.text('caption'), entities, parseMode: params.raw('parse_mode') });
}
