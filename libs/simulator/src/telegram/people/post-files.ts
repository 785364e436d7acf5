import type { Cloud } from '../cloud/cloud.ts';
import { guessType, mediaFields, readImage } from '../cloud/media.ts';
import type { FileRef, Message } from '../protocol/api-types.ts';
import { bigId } from '../protocol/big-id.ts';
import { captionFields } from '../texts/prepare-text.ts';
import { type Extras, type Place, post, type Spoken } from './post-message.ts';

/** A file that a person attaches. */
export type Attachment = {
  name: string;
  data: Uint8Array;
  /** Guessed from the data and the name if left out. */
  mimeType?: string;
  /** How it is sent; `document` if left out. */
  as?: 'document' | 'photo' | 'voice' | 'audio' | 'video';
};

/** One file and where it goes. */
export type SendFile = Place & Extras & Attachment & { caption?: string };
/** Several files that are shown as one. */
export type SendAlbum = Place & Extras & { files: readonly Attachment[]; caption?: string };

/** Adds a person's message with one file. */
export function postFile(cloud: Cloud, send: SendFile): Spoken {
  return post(cloud, send, { ...fileFields(cloud, send), ...captionFields({ text: send.caption }) });
}

/** Adds a person's album: one message a file, the caption under the first. */
export function postAlbum(cloud: Cloud, send: SendAlbum): Spoken[] {
  const media_group_id = bigId();
  return send.files.map((file, at) =>
    post(cloud, send, {
      ...fileFields(cloud, file),
      ...captionFields({ text: at === 0 ? send.caption : undefined }),
      media_group_id,
    }),
  );
}

/** Adds a person's sticker. */
export function postSticker(cloud: Cloud, place: Place & Extras & { emoji: string }): Spoken {
  const { ref } = cloud.files.add(
    { name: 'sticker.webp', mimeType: 'image/webp', data: new Uint8Array(64) },
    'stickers',
  );
  const size = { type: 'regular' as const, width: 512, height: 512, is_animated: false, is_video: false };
  return post(cloud, place, { sticker: { ...ref, ...size, emoji: place.emoji } });
}

function fileFields(cloud: Cloud, { name, data, mimeType, as = 'document' }: Attachment): Partial<Message> {
  const type = mimeType ?? guessType(name, data);
  if (as === 'photo' && readImage(data) === undefined)
    throw new Error(`"${name}" is no PNG, JPEG, GIF or WebP: it cannot be a photo`);
  const stored = cloud.files.add({ name, data, mimeType: type }, as === 'document' ? 'documents' : `${as}s`);
  if (as === 'document' || as === 'photo') return mediaFields(as, stored);
  const file: FileRef & { duration: number } = { ...stored.ref, duration: 3 };
  if (as === 'video') return { video: { ...file, width: 640, height: 360 } };
  return as === 'voice' ? { voice: file } : { audio: file };
}
