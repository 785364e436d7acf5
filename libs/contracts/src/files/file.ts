import { z } from 'zod';
import type { QueueRef } from '../base/queues.ts';
import { type Read, readableVersion, readVersioned } from '../base/version.ts';

/** Largest file that Telegram gives a bot, in bytes. */
export const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;
/** How long a bot tries to fetch one file, in ms. */
export const FETCH_WITHIN_MS = 120_000;
/** Largest file that a bot can send, in bytes. */
export const MAX_UPLOAD_BYTES = 50 * 1024 * 1024;
/** Longest caption of a file, in UTF-16 units. */
export const MAX_CAPTION = 1_024;
/** Most files of one album. */
export const MAX_ALBUM = 10;

const fileKindSchema = z.enum(['photo', 'document', 'voice', 'audio', 'video', 'video-note', 'animation', 'sticker']);
/** How a person sent a file. */
export type FileKind = z.infer<typeof fileKindSchema>;

/** A file of a message, as Telegram names it. What the sender's app says of it (name, type) is only that. */
export const fileRefSchema = z.object({
  /** Gets the file, for the bot that received it. */
  fileId: z.string().min(1),
  /** The same for the same file, for everybody. */
  uniqueId: z.string().min(1),
  kind: fileKindSchema,
  name: z.string().optional(),
  mimeType: z.string().optional(),
  /** In bytes. */
  size: z.number().int().optional(),
});
/** Only the bot that received the file can fetch it. */
export type FileRef = z.infer<typeof fileRefSchema>;

/** A file of an earlier message. */
export const earlierFileSchema = fileRefSchema.extend({
  /** The message that it came with. Default: the one that is replied to. */
  messageId: z.number().int().optional(),
  /** Where Claude had it when it sent it, and its size then, in bytes: there it may still be. */
  source: z.object({ path: z.string().min(1), size: z.number().int() }).optional(),
});
/** Telegram gives it again, unless it is too large; the session may have it already. */
export type EarlierFile = z.infer<typeof earlierFileSchema>;

/** Whether Telegram refuses to give a bot the file. */
export function isTooLarge({ size = 0 }: Pick<FileRef, 'size'>): boolean {
  return size > MAX_DOWNLOAD_BYTES;
}

/** Whether it is speech, which is worth more as text. */
export function isSpeech({ kind }: Pick<FileRef, 'kind'>): boolean {
  return kind === 'voice' || kind === 'audio' || kind === 'video-note';
}

const transferSchema = z.object({ queue: z.string().min(1), id: z.string().min(1) });
/** A file on its way through Redis: a name among those of the queue that it belongs to. */
export type Transfer = z.infer<typeof transferSchema>;

/** Files to be fetched from Telegram for messages of one chat. Served by the bots. */
export function filesQueue(chatId: number): QueueRef {
  return { name: `files-${chatId}`, group: 'files' };
}

const fetchJobSchema = z.object({
  version: readableVersion,
  kind: z.literal('fetch'),
  file: fileRefSchema,
  to: transferSchema,
  /** The request that it answers: one that was taken back is not carried out. */
  request: z.string().min(1),
});
/** Fetches a file of a person from Telegram for the worker that waits for it. */
export type FetchJob = z.infer<typeof fetchJobSchema>;

/** Reads an entry of a queue of files. */
export function readFetchJob(data: unknown): Read<FetchJob> {
  return readVersioned(fetchJobSchema, data);
}

/** A file that is to be shown in a chat. */
export const shownFileSchema = z.object({
  transfer: transferSchema,
  name: z.string().min(1),
  /** In bytes. */
  size: z.number().int(),
  as: z.enum(['photo', 'document']),
  /** Where it lies, for a session of the same pool. */
  path: z.string().min(1).optional(),
});
/** Its bytes wait in Redis until the bot has sent them. */
export type ShownFile = z.infer<typeof shownFileSchema>;
