import { type Files, MAX_ALBUM, MAX_CAPTION, MAX_UPLOAD_BYTES, type ShownFile } from '@signalbox/contracts';
import { renderMarkdown } from '../rendering/markdown/render-markdown.ts';
import { type FormattedText, plainText } from '../rendering/text/formatted-text.ts';
import { firstParts } from '../rendering/text/split-message.ts';
import { words } from '../wording/words.ts';

/** Files of one kind that are sent in one call: one, or an album. Their bytes are in Redis. */
export interface FilesPart {
  readonly kind: 'files';
  readonly files: readonly ShownFile[];
  readonly as: ShownFile['as'];
  readonly caption: FormattedText;
}

/** Room for a mark before the caption, in UTF-16 units. */
const MARK_ROOM = 30;
const NO_CAPTION: FormattedText = { text: '', entities: [] };

/** The parts that show files: neighbours of a kind together, as many as one call may bring. The caption is below the first ones. */
export function filesParts({ files, text }: Files): FilesPart[] {
  const groups: ShownFile[][] = [];
  for (const file of files) {
    const last = groups.at(-1);
    if (last && fits(last, file)) last.push(file);
    else groups.push([file]);
  }
  return groups.map((group, index) => ({
    kind: 'files',
    files: group,
    as: group[0]?.as ?? 'document',
    caption: index === 0 ? captionOf(text) : NO_CAPTION,
  }));
}

function fits(group: readonly ShownFile[], file: ShownFile): boolean {
  const size = group.reduce((sum, each) => sum + each.size, file.size);
  return group[0]?.as === file.as && group.length < MAX_ALBUM && size <= MAX_UPLOAD_BYTES;
}

function captionOf(markdown: string): FormattedText {
  if (markdown.trim() === '') return NO_CAPTION;
  const [first = NO_CAPTION] = firstParts(renderMarkdown(markdown), 1, MAX_CAPTION - MARK_ROOM);
  return first;
}

/**
 * The part in another form, if it was refused for its form: a photo may not be one for Telegram (its size, its sides), formatting
 * may be wrong. At last it is words that say what could not be shown.
 */
export function plainerFiles(
  part: FilesPart,
  refusal: string,
): FilesPart | { kind: 'message'; message: FormattedText } {
  if (part.as === 'photo') return { ...part, as: 'document' };
  if (part.caption.entities.length > 0) return { ...part, caption: { text: part.caption.text, entities: [] } };
  return notShown(part, words.filesRefused(refusal));
}

/** What stands in the place of files that cannot be shown. */
export function notShown({ files, caption }: FilesPart, reason: string): { kind: 'message'; message: FormattedText } {
  const names = files.map(({ name }) => name);
  return {
    kind: 'message',
    message: plainText([caption.text, words.filesNotShown(names, reason)].join('\n\n').trim()),
  };
}
