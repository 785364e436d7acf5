import { isDeepStrictEqual } from 'node:util';
import type { Message } from '../protocol/api-types.ts';
import type { Cloud, Method } from '../cloud/cloud.ts';
import { badRequest } from '../protocol/errors.ts';
import type { MessageParts } from '../cloud/message-store.ts';
import type { Params } from '../protocol/params.ts';
import { prepareText } from '../texts/prepare-text.ts';
import type { MessageRecord } from '../cloud/shown-message.ts';
import { readMarkup } from './read-markup.ts';
import { readMessage } from './read-target.ts';
import { MAX_TEXT } from './send-message.ts';

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

/** UTF-16 units of a file's caption. */
export const MAX_CAPTION = 1024;

export const editMessageText: Method = (cloud, { params, log }) => {
  const record = readOwn(cloud, params);
  if (record.message.text === undefined) throw badRequest('there is no text in the message to edit');
  const given = { text: params.text('text'), entities: params.json('entities'), parseMode: params.raw('parse_mode') };
  const { text, entities } = prepareText(given, MAX_TEXT, 'MESSAGE_TOO_LONG');
  if (text === '') throw badRequest('message text is empty');
  const parts = { text, entities: entities.length > 0 ? entities : undefined };
  apply(cloud, record, { ...parts, reply_markup: readMarkup(params).reply_markup }, log);
  return record.message;
};

export const editMessageCaption: Method = (cloud, { params, log }) => {
  const record = readOwn(cloud, params);
  if (record.message.text !== undefined) throw badRequest('there is no caption in the message to edit');
  const given = {
    text: params.text('caption'),
    entities: params.json('caption_entities'),
    parseMode: params.raw('parse_mode'),
  };
  const { text, entities } = prepareText(given, MAX_CAPTION, 'message caption is too long');
  const parts = {
    caption: text === '' ? undefined : text,
    caption_entities: entities.length > 0 ? entities : undefined,
  };
  apply(cloud, record, { ...parts, reply_markup: readMarkup(params).reply_markup }, log);
  return record.message;
};

export const editMessageReplyMarkup: Method = (cloud, { params, log }) => {
  const record = readOwn(cloud, params);
  apply(cloud, record, { reply_markup: readMarkup(params).reply_markup }, log);
  return record.message;
};

export const deleteMessage: Method = (cloud, { params, log }) => {
  const record = readMessage(cloud, params, 'delete');
  cloud.messages.remove(record, log);
  return true;
};

export const deleteMessages: Method = (cloud, { params, log }) => {
  const { chat } = cloud.chats.forBot(params.text('chat_id'));
  const ids = params.json('message_ids');
  if (!Array.isArray(ids) || ids.length < 1 || ids.length > 100)
    throw badRequest('message identifiers are not specified');
  for (const id of ids) {
    const record = cloud.messages.find(chat.id, Number(id));
    if (record !== undefined && !record.deleted) cloud.messages.remove(record, log);
  }
  return true;
};

function readOwn(cloud: Cloud, params: Params): MessageRecord {
  const record = readMessage(cloud, params, 'edit');
  if (record.message.from?.id !== cloud.me.id) throw badRequest("message can't be edited");
  return record;
}

/** Changing only the buttons leaves no "edited" mark, as in the apps. */
function apply(cloud: Cloud, record: MessageRecord, parts: MessageParts, call: Parameters<Method>[1]['log']): void {
  const isSame = (key: keyof Message) => isDeepStrictEqual(record.message[key], parts[key]);
  const keys = Object.keys(parts) as (keyof Message)[];
  if (keys.every(isSame)) throw badRequest(NOT_MODIFIED);
  cloud.messages.change(record, parts, { call, edited: !keys.every((key) => key === 'reply_markup' || isSame(key)) });
}
