import { createHash } from 'node:crypto';
import type { FileKind, FileRef, Origin } from '@signalbox/contracts';

/** Longest name of a file before its extension, and longest extension, in characters. */
const LONGEST_STEM = 60;
const LONGEST_EXTENSION = 10;

/** What a file is called that came without a name. Telegram makes every photo a JPEG, every voice message an Ogg. */
const NAMELESS: Record<FileKind, string> = {
  photo: 'photo.jpg',
  document: 'document',
  voice: 'voice.ogg',
  audio: 'audio.mp3',
  video: 'video.mp4',
  'video-note': 'video-note.mp4',
  animation: 'animation.mp4',
  sticker: 'sticker.webp',
};

/**
 * The name under which a file of a message lies in the inbox: `<message>-<mark>-<name>`. The mark tells apart files of one name, and
 * messages of one number in different chats. The same file of the same message has the same name on any re-run.
 */
export function inboxName(file: FileRef, { messageId, place }: Pick<Origin, 'messageId' | 'place'>): string {
  const mark = createHash('sha256').update(`${place.chatId} ${file.uniqueId}`).digest('hex').slice(0, 6);
  return `${messageId}-${mark}-${safeName(file.name ?? NAMELESS[file.kind], NAMELESS[file.kind])}`;
}

/** A name that means nothing to a file system or a shell: ASCII letters and digits, `.`, `_`, `-`, bounded, no dot first. */
export function safeName(name: string, fallback: string): string {
  const [, stem = '', extension = ''] = /^(.*?)(\.[A-Za-z0-9]{1,20})?$/s.exec(lastPart(name)) ?? [];
  const safe = cleaned(stem)
    .slice(0, LONGEST_STEM)
    .replace(/[-._]+$/, '');
  return safe === '' ? `${cleaned(fallback.replace(/\.\w+$/, ''))}${cut(extension)}` : `${safe}${cut(extension)}`;
}

/** Some apps send a whole path as the name. */
function lastPart(name: string): string {
  return name.split(/[/\\]/).at(-1) ?? '';
}

function cleaned(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/^[._-]+/, '');
}

function cut(extension: string): string {
  return extension.slice(0, LONGEST_EXTENSION + 1);
}
