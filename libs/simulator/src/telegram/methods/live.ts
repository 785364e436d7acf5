import type { Method } from '../calls/method.ts';
import { readTarget } from '../calls/read-target.ts';
import { readText } from '../calls/read-text.ts';
import { badRequest } from '../protocol/errors.ts';

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

/** For private chats only, like the real one. An empty text shows "Thinking…". */
export const sendMessageDraft: Method = (cloud, { params }) => {
  const { record, fields } = readTarget(cloud, params);
  if (record.chat.type !== 'private') throw badRequest('TEXTDRAFT_PEER_INVALID');
  const draftId = params.integer('draft_id') ?? 0;
  if (draftId === 0) throw badRequest('draft_id must be non-zero');
  const { text, entities = [] } = readText(params);
  cloud.drafts.show({
    chatId: record.chat.id,
    thread: fields.message_thread_id,
    draftId,
    text,
    entities,
    canStop: params.flag('can_stop'),
    keepOnStop: params.flag('keep_on_stop'),
    at: Date.now(),
  });
  return true;
};

/** Shows for some seconds what the bot does; refuses words the apps do not know. */
export const sendChatAction: Method = (cloud, { params }) => {
  const { record, fields } = readTarget(cloud, params);
  const action = params.text('action') ?? '';
  if (!ACTIONS.has(action)) throw badRequest('wrong parameter action in request');
  cloud.actions.show({ chatId: record.chat.id, thread: fields.message_thread_id, action, at: Date.now() });
  return true;
};
