import type { FileKind, FileRef } from '@signalbox/contracts';
import { z } from 'zod';

const file = z.object({
  file_id: z.string().min(1),
  file_unique_id: z.string().min(1),
  file_name: z.string().optional().catch(undefined),
  mime_type: z.string().optional().catch(undefined),
  file_size: z.number().int().optional().catch(undefined),
});
const photoSize = file.extend({ width: z.number().catch(0), height: z.number().catch(0) });
const sticker = file.extend({ is_animated: z.literal(false), is_video: z.literal(false) });

/** Where a message holds a file, and what kind it is. An animation comes with a document for older apps: the first one counts. */
const PLACES = [
  ['animation', 'animation'],
  ['document', 'document'],
  ['voice', 'voice'],
  ['voice_note', 'voice'],
  ['audio', 'audio'],
  ['video', 'video'],
  ['video_note', 'video-note'],
] as const satisfies readonly (readonly [string, FileKind])[];

/** A photo that moves: the video of it; the photo comes as one. */
const moving = file.extend({ photo: photoSize.array().optional().catch(undefined) });

/** The files of a message, or of a part of one; none if it has none that Claude could use (an animated sticker is none). */
export function filesOf(message: Readonly<Record<string, unknown>>): FileRef[] {
  const live = moving.safeParse(message.live_photo).data;
  const photo = photoOf(message.photo) ?? photoOf(live?.photo);
  if (photo || live) return [...(photo ? [photo] : []), ...(live ? [refOf('video', live)] : [])];
  const image = sticker.safeParse(message.sticker).data;
  if (image) return [refOf('sticker', { ...image, mime_type: 'image/webp' })];
  for (const [key, kind] of PLACES) {
    const found = file.safeParse(message[key]).data;
    if (found) return [refOf(kind, found)];
  }
  return [];
}

/** The largest of the sizes in which Telegram keeps a photo. */
function photoOf(sent: unknown): FileRef | undefined {
  const sizes = photoSize.array().safeParse(sent).data ?? [];
  const [photo] = sizes.toSorted((a, b) => b.width * b.height - a.width * a.height);
  return photo && refOf('photo', photo);
}

function refOf(kind: FileKind, found: z.infer<typeof file>): FileRef {
  return {
    fileId: found.file_id,
    uniqueId: found.file_unique_id,
    kind,
    ...(found.file_name ? { name: found.file_name } : {}),
    ...(found.mime_type ? { mimeType: found.mime_type } : {}),
    ...(found.file_size === undefined ? {} : { size: found.file_size }),
  };
}
