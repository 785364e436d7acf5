import { imageSize } from 'image-size';
import type { FileRef, Message, PhotoSize } from '../protocol/api-types.ts';

const IMAGES: Readonly<Record<string, string>> = {
  gif: 'image/gif',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
};

const OTHERS: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  log: 'text/plain',
  md: 'text/markdown',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  ogg: 'audio/ogg',
  pdf: 'application/pdf',
  txt: 'text/plain',
  zip: 'application/zip',
};

/** What an image is and how large, pixels. Undefined for what cannot be a photo: no PNG, JPEG, GIF or WebP. */
export function readImage(data: Uint8Array): { mimeType: string; width: number; height: number } | undefined {
  try {
    const { type = '', width, height } = imageSize(data);
    const mimeType = IMAGES[type];
    return mimeType === undefined ? undefined : { mimeType, width, height };
  } catch {
    return undefined;
  }
}

/** The media type of a file from its first bytes and its name, as the server finds it whatever the sender said. */
export function guessType(name: string, data: Uint8Array): string {
  const extension = /\.([a-zA-Z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return readImage(data)?.mimeType ?? OTHERS[extension] ?? 'application/octet-stream';
}

/** The part of a message that shows a document or a photo. */
export function mediaFields(
  kind: 'document' | 'photo',
  { ref, data }: { ref: FileRef; data: Uint8Array },
): Pick<Message, 'document' | 'photo'> {
  if (kind === 'document') return { document: ref };
  const { width = 0, height = 0 } = readImage(data) ?? {};
  const { file_name: _, ...photo } = ref;
  const size: PhotoSize = { ...photo, width, height };
  return { photo: [size] };
}
