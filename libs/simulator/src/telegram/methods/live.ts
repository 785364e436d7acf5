import type { Method } from '../cloud/cloud.ts';
import { badRequest } from '../protocol/errors.ts';
import { prepareText } from '../texts/prepare-text.ts';
import { readTarget } from './read-target.ts';
import { MAX_TEXT } from './send-message.ts';

const ACTIONS = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
]);

/** An empty text shows "Thinking…". */
export const sendMessageDraft: Method = (cloud, { params }) => {
  const { record, fields } = readTarget(cloud, params);
  if (record.chat.type !== 'private') throw badRequest('TEXTDRAFT_PEER_INVALID');
  const draftId = params.integer('draft_id') ?? 0;
  if (draftId === 0) throw badRequest('draft_id must be non-zero');
  const given = { text: params.text('text'), entities: params.json('entities'), parseMode: params.raw('parse_mode') };
  const { text, entities } = prepareText(given, MAX_TEXT, 'message is too long');
  cloud.drafts.show({
    chatId: record.chat.id,
    thread: fields.message_thread_id,
    draftId,
    text,
    entities,
    canStop: params.flag('can_stop'),
    keepOnStop: params.flag('keep_on_stop'),
    at: cloud.now(),
  });
  return true;
};

export const sendChatAction: Method = (cloud, { params }) => {
  const { record, fields } = readTarget(cloud, params);
  const action = params.text('action') ?? '';
  if (!ACTIONS.has(action)) throw badRequest('wrong parameter action in request');
  cloud.actions.show({ chatId: record.chat.id, thread: fields.message_thread_id, action, at: cloud.now() });
  return true;
};
