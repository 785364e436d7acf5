import type { ShownFile } from '@signalbox/contracts';
import { type FormattedText, plainText } from '../rendering/text/formatted-text.ts';
import { words } from '../wording/words.ts';

/** Files of one kind that are sent in one call: one, or an album. Their bytes are in Redis. */
export interface FilesPart {
  readonly kind: 'files';
  readonly files: readonly ShownFile[];
  readonly as: ShownFile['as'];
  readonly caption: FormattedText;
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
