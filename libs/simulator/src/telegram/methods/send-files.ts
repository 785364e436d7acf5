import { randomInt } from 'node:crypto';
import type { FileRef, Message, PhotoSize } from '../protocol/api-types.ts';
import type { Cloud, Method } from '../cloud/cloud.ts';
import { badRequest } from '../protocol/errors.ts';
import type { StoredFile } from '../cloud/file-store.ts';
import { guessType } from '../cloud/media.ts';
import { readImage } from '../cloud/image-size.ts';
import { createParams, type Params, type UploadedFile } from '../protocol/params.ts';
import { prepareText } from '../texts/prepare-text.ts';
import { MAX_CAPTION } from './edit-message.ts';
import { readMarkup } from './read-markup.ts';
import { readReply, readTarget, type Target } from './read-target.ts';
import { clearLive } from './send-message.ts';

/** The largest photo a bot may send, bytes. */
const MAX_PHOTO = 10 * 1024 * 1024;

type Media = 'document' | 'photo';
type MediaFields = Pick<Message, 'document' | 'photo'>;

export const sendDocument: Method = (cloud, call) => sendOne(cloud, call, 'document');
export const sendPhoto: Method = (cloud, call) => sendOne(cloud, call, 'photo');

export const sendMediaGroup: Method = (cloud, { params, log }) => {
  const target = readTarget(cloud, params);
  const media = params.json('media');
  if (!Array.isArray(media) || media.length < 2 || media.length > 10) {
    throw badRequest('an album needs 2 to 10 items of media');
  }
  const reply = readReply(cloud, params, target.record.chat.id);
  const group = String(randomInt(1e12));
  // All items are read before the first is added: an album is sent whole or not at all.
  const read = media.map((item) => readItem(cloud, params, item));
  const sent = read.map((fields) => {
    const message = { ...target.fields, from: cloud.me, ...reply, ...fields, media_group_id: group };
    return cloud.messages.add(message, { call: log, silent: params.flag('disable_notification') }).message;
  });
  clearLive(cloud, target);
  return sent;
};

function sendOne(cloud: Cloud, { params, log }: Parameters<Method>[1], kind: Media): Message {
  const target: Target = readTarget(cloud, params);
  const media = readMedia(cloud, params, kind, params.raw(kind));
  const message = {
    ...target.fields,
    from: cloud.me,
    ...readReply(cloud, params, target.record.chat.id),
    ...media,
    ...readCaption(params),
    ...readMarkup(params),
  };
  const added = cloud.messages.add(message, { call: log, silent: params.flag('disable_notification') });
  clearLive(cloud, target);
  return added.message;
}

function readItem(cloud: Cloud, params: Params, item: unknown): Partial<Message> {
  const values = (item ?? {}) as Record<string, unknown>;
  if (values.type !== 'document' && values.type !== 'photo') {
    throw badRequest(`can't parse InputMedia: the simulator takes documents and photos, got "${String(values.type)}"`);
  }
  return { ...readMedia(cloud, params, values.type, values.media), ...readCaption(createParams(values, new Map())) };
}

function readCaption(params: Params): Pick<Message, 'caption' | 'caption_entities'> {
  const given = {
    text: params.text('caption'),
    entities: params.json('caption_entities'),
    parseMode: params.raw('parse_mode'),
  };
  const { text, entities } = prepareText(given, MAX_CAPTION, 'message caption is too long');
  if (text === '') return {};
  return { caption: text, ...(entities.length > 0 ? { caption_entities: entities } : {}) };
}

/** A file comes as an upload under its own name, as an upload behind `attach://`, or as the id of a file the server has. */
function readMedia(cloud: Cloud, params: Params, kind: Media, value: unknown): MediaFields {
  const name = typeof value === 'string' && value.startsWith('attach://') ? value.slice('attach://'.length) : kind;
  const upload = params.upload(name);
  if (upload !== undefined) return mediaFields(kind, storeMedia(cloud, kind, upload));
  if (typeof value !== 'string' || value === '') throw badRequest(`there is no ${kind} in the request`);
  if (/^https?:/.test(value)) throw badRequest('the simulator fetches no files from the web: upload them');
  const known = cloud.files.byId(value);
  if (known === undefined) throw badRequest('wrong file identifier/HTTP URL specified');
  return mediaFields(kind, known);
}

function storeMedia(cloud: Cloud, kind: Media, upload: UploadedFile): StoredFile {
  if (upload.data.byteLength === 0) throw badRequest('file must be non-empty');
  if (kind === 'photo' && upload.data.byteLength > MAX_PHOTO) throw badRequest('file is too big for a photo');
  if (kind === 'photo' && readImage(upload.data) === undefined) throw badRequest('IMAGE_PROCESS_FAILED');
  const file = { ...upload, mimeType: guessType(upload.name, upload.data) };
  return cloud.files.add(file, kind === 'photo' ? 'photos' : 'documents');
}

/** The part of a message that shows a file. */
export function mediaFields(kind: Media, { ref, data }: { ref: FileRef; data: Uint8Array }): MediaFields {
  if (kind === 'document') return { document: ref };
  const image = readImage(data) ?? { width: 0, height: 0 };
  const { file_name: _, ...photo } = ref;
  const size: PhotoSize = { ...photo, width: image.width, height: image.height };
  return { photo: [size] };
}
