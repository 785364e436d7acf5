import { imageSize } from 'image-size';

/** What an image is, and how large, in pixels. */
export interface ImageInfo {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  readonly width: number;
  readonly height: number;
}

/** What the first 16 bytes of each are. The library knows many more formats, which neither the chat nor the model takes. */
const KINDS = [
  ['image/png', (start: string) => start.startsWith('\x89PNG\r\n\x1a\n') && start.endsWith('IHDR')],
  ['image/jpeg', (start: string) => start.startsWith('\xff\xd8\xff')],
  ['image/gif', (start: string) => /^GIF8[79]a/.test(start)],
  ['image/webp', (start: string) => /^RIFF.{4}WEBPVP8[ LX]$/s.test(start)],
] as const;

/** Its size stands in the first so many bytes, or it is none: whoever sends 10 MB of rubbish keeps the worker busy for seconds otherwise. */
const MOST_READ = 1_048_576;

/** Reads the beginning of a PNG, JPEG, GIF or WebP, whatever its name says. `undefined` if it is none of these, or broken. */
export function detectImage(bytes: Buffer): ImageInfo | undefined {
  const start = bytes.toString('latin1', 0, 16);
  const [mediaType] = KINDS.find(([, isIt]) => isIt(start)) ?? [];
  if (mediaType === undefined) return undefined;
  try {
    const { width, height } = imageSize(bytes.subarray(0, MOST_READ));
    return { mediaType, width, height };
  } catch {
    // It ends before its size, or says of itself what cannot be.
    return undefined;
  }
}

/** Whether it is of a kind that moves: as a photo it would stand still. */
export function mayMove(bytes: Buffer, { mediaType }: Pick<ImageInfo, 'mediaType'>): boolean {
  if (mediaType === 'image/gif') return true;
  // The flags of an extended WebP.
  return mediaType === 'image/webp' && bytes.toString('latin1', 12, 16) === 'VP8X' && (bytes.readUInt8(20) & 2) !== 0;
}
