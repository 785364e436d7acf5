import { type EarlierFile, isTooLarge, type Replied } from '@signalbox/contracts';
import { words } from '../wording/words.ts';
import type { Spoken } from './decision.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * What a message replies to, with what is kept of its files: the others of its album, and where Claude had what it sent. What cannot be
 * had is in `missing`.
 */
export function completeReplied(
  { replied, repliedAlbum }: Pick<Spoken, 'replied' | 'repliedAlbum'>,
  { earlierFiles }: Pick<Snapshot, 'earlierFiles'>,
): Replied | undefined {
  if (!replied?.files) return replied;
  const files = merge(replied.files, earlierFiles);
  const problems = [
    replied.missing,
    ...(repliedAlbum !== undefined && files.length === replied.files.length ? [words.albumIsOld] : []),
    ...files.filter(isOutOfReach).map(({ name, kind }) => words.earlierTooLarge(name ?? `This ${kind}`)),
  ].filter((each) => each !== undefined);
  return { ...replied, files, ...(problems.length === 0 ? {} : { missing: problems.join('; ') }) };
}

/** The one that was replied to comes first. */
function merge(given: readonly EarlierFile[], kept: readonly EarlierFile[]): EarlierFile[] {
  const isKept = (file: EarlierFile) => kept.find(({ uniqueId }) => uniqueId === file.uniqueId);
  const others = kept.filter((file) => !given.some(({ uniqueId }) => uniqueId === file.uniqueId));
  return [...given.map((file) => ({ ...isKept(file), ...file })), ...others];
}

/** Where Claude had it the worker may still find it. */
function isOutOfReach(file: EarlierFile): boolean {
  return isTooLarge(file) && file.source === undefined;
}
