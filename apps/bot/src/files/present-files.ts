import { type Files, MAX_ALBUM, MAX_CAPTION, MAX_UPLOAD_BYTES, type ShownFile } from '@signalbox/contracts';
import { renderMarkdown } from '../rendering/markdown/render-markdown.ts';
import type { FormattedText } from '../rendering/text/formatted-text.ts';
import { firstParts } from '../rendering/text/split-message.ts';
import type { FilesPart } from './files-part.ts';

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
