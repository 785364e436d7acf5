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

/** Most images of one message that the model is shown, and most bytes of them: a request that is too large would stay in the conversation. */
const MOST_IMAGES = 20;
const MOST_IMAGE_BYTES = 12 * 1024 * 1024;

/** The images among the files, in their order, as many as one message may bring. The others can be read. */
export function imageBlocks(files: readonly TakenFile[]): ContentBlock[] {
  const blocks: ContentBlock[] = [];
  let leftBytes = MOST_IMAGE_BYTES;
  for (const taken of files) {
    if (taken.status !== 'here' || !taken.image || blocks.length >= MOST_IMAGES) continue;
    const { mediaType, bytes } = taken.image;
    if (bytes.length > leftBytes) continue;
    leftBytes -= bytes.length;
    const data = bytes.toString('base64');
    blocks.push({ type: 'image', source: { type: 'base64', media_type: mediaType, data } });
  }
  return blocks;
}
