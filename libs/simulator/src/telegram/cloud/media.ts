import { readImage } from './image-size.ts';

const TYPES: Readonly<Record<string, string>> = {
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

/** The media type of a file from its first bytes and its name, as the server finds it whatever the sender said. */
export function guessType(name: string, data: Uint8Array): string {
  const extension = /\.([a-zA-Z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return readImage(data)?.mimeType ?? TYPES[extension] ?? 'application/octet-stream';
}
