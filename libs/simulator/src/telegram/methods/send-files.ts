import type { Call, Method } from '../calls/method.ts';
import { postForBot } from '../calls/post-for-bot.ts';
import { readMarkup } from '../calls/read-markup.ts';
import { readTarget } from '../calls/read-target.ts';
import { readCaption } from '../calls/read-text.ts';
import type { Cloud } from '../cloud/cloud.ts';
import type { StoredFile } from '../cloud/file-store.ts';
import { guessType, mediaFields, readImage } from '../cloud/media.ts';
import type { Message } from '../protocol/api-types.ts';
import { bigId } from '../protocol/big-id.ts';
import { badRequest } from '../protocol/errors.ts';
import { createParams, type Params, type UploadedFile } from '../protocol/params.ts';

/** The largest photo a bot may send, bytes. */
const MAX_PHOTO = 10 * 1024 * 1024;

type Media = 'document' | 'photo';

/** Takes any file, as it came. */
export const sendDocument: Method = (cloud, call) => sendOne(cloud, call, 'document');

/** Takes only what is an image of at most 10 MB, so that a bot learns what must go as a document. */
export const sendPhoto: Method = (cloud, call) => sendOne(cloud, call, 'photo');

/** An album is sent whole or not at all: all items are read before the first is added. */
export const sendMediaGroup: Method = (cloud, call) => {
  const { params } = call;
  const target = readTarget(cloud, params);
  const media = params.json('media');
  if (!Array.isArray(media) || media.length < 2 || media.length > 10) {
    throw badRequest('an album needs 2 to 10 items of media');
  }
  const media_group_id = bigId();
  const items = media.map((item) => ({ ...readItem(cloud, params, item), media_group_id }));
  return postForBot(cloud, call, target, items);
};

function sendOne(cloud: Cloud, call: Call, kind: Media): Message | undefined {
  const { params } = call;
  const target = readTarget(cloud, params);
  const media = readMedia(cloud, params, kind, params.raw(kind));
  return postForBot(cloud, call, target, [{ ...media, ...readCaption(params), ...readMarkup(params) }])[0];
}

function readItem(cloud: Cloud, params: Params, item: unknown): Partial<Message> {
  const values = (item ?? {}) as Record<string, unknown>;
  if (values.type !== 'document' && values.type !== 'photo') {
    throw badRequest(`can't parse InputMedia: the simulator takes documents and photos, got "${String(values.type)}"`);
  }
  return { ...readMedia(cloud, params, values.type, values.media), ...readCaption(createParams(values, new Map())) };
}

/** A file comes as an upload under its own name, as an upload behind `attach://`, or as the id of a file the server has. */
function readMedia(cloud: Cloud, params: Params, kind: Media, value: unknown): Pick<Message, Media> {
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
