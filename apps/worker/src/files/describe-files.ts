import type { ContentBlock } from '@signalbox/claude';
import type { TakenFile } from './taken-file.ts';

/** Tags that stand for what Signalbox itself says of files. */
export const FILE_TAG = 'attached-file';
export const SPEECH_TAG = 'transcribed-speech';

/** A line for each file of a message: where it lies, and what it is said to be. `attribute` makes a value safe between quotes. */
export function describeFiles(files: readonly TakenFile[], attribute: (value: string) => string): string {
  return files.map((taken) => describe(taken, attribute)).join('\n');
}

function describe(taken: TakenFile, attribute: (value: string) => string): string {
  const { kind, name, mimeType } = taken.file;
  const facts =
    taken.status === 'here'
      ? { path: taken.path, kind, type: taken.image?.mediaType ?? mimeType, bytes: String(taken.size), name }
      : { kind, name, missing: taken.problem };
  const attributes = Object.entries(facts)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${attribute(value)}"`]))
    .join('');
  return `<${FILE_TAG}${attributes}/>`;
}

/** The images among the files, in their order. */
export function imageBlocks(files: readonly TakenFile[]): ContentBlock[] {
  return files.flatMap((taken) =>
    taken.status === 'here' && taken.image
      ? [
          {
            type: 'image',
            source: { type: 'base64', media_type: taken.image.mediaType, data: taken.image.bytes.toString('base64') },
          },
        ]
      : [],
  );
}
