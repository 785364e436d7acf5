import { detectImage, mayMove } from './detect-image.ts';

/** Largest photo that Telegram takes, in bytes; larger images are sent as files. */
const MAX_PHOTO_BYTES = 10 * 1024 * 1024;
/** Most width and height together, in pixels, and how much longer than the other a side may be. */
const MAX_SIDES = 10_000;
const MAX_RATIO = 20;

/** How a file is shown: an image as a photo, if Telegram takes it as one, anything else as a file. */
export function chooseForm(bytes: Buffer, asked: 'photo' | 'document' | undefined): 'photo' | 'document' {
  if (asked === 'document' || bytes.length > MAX_PHOTO_BYTES) return 'document';
  const image = detectImage(bytes);
  // Telegram shows a GIF that is sent as a file as a moving one.
  if (!image || mayMove(bytes, image)) return 'document';
  const { width, height } = image;
  const isPhoto = width + height <= MAX_SIDES && Math.max(width, height) <= MAX_RATIO * Math.min(width, height);
  return isPhoto ? 'photo' : 'document';
}
