import type { FileKind } from '@signalbox/contracts';
import { detectImage, type ImageInfo } from './detect-image.ts';

/** What the API takes of one image, in bytes of base64. */
const MAX_BASE64_BYTES = 5 * 1024 * 1024;
/** Longest side of an image that is taken however many there are in a conversation, in pixels: one refused would stay in it. */
const MAX_SIDE = 2_000;
const KINDS: readonly FileKind[] = ['photo', 'sticker', 'document'];

/** Whether a file may be an image for the model, by what is known without its bytes. */
export function mayBeImage(kind: FileKind, size: number): boolean {
  return KINDS.includes(kind) && Math.ceil(size / 3) * 4 <= MAX_BASE64_BYTES;
}

/** What kind of image the model is shown for these bytes; `undefined`: none, it can still read the file. */
export function chooseImage(bytes: Buffer): ImageInfo['mediaType'] | undefined {
  const image = detectImage(bytes);
  return image && image.width <= MAX_SIDE && image.height <= MAX_SIDE ? image.mediaType : undefined;
}
