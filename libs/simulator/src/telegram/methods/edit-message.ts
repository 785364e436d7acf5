import { isDeepStrictEqual } from 'node:util';
import type { Call, Method } from '../calls/method.ts';
import { readMarkup } from '../calls/read-markup.ts';
import { readMessage } from '../calls/read-target.ts';
import { readCaption, readText } from '../calls/read-text.ts';
import type { Cloud } from '../cloud/cloud.ts';
import type { MessageChange } from '../cloud/message-store.ts';
import type { MessageRecord } from '../cloud/shown-message.ts';
import type { Message } from '../protocol/api-types.ts';
import { badRequest } from '../protocol/errors.ts';
import type { Params } from '../protocol/params.ts';

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

/** Also takes away the buttons unless they are given again. */
export const editMessageText: Method = (cloud, { params, log }) => {
  const record = readOwn(cloud, params);
  if (record.message.text === undefined) throw badRequest('there is no text in the message to edit');
  const text = readText(params, 'MESSAGE_TOO_LONG');
  if (text.text === '') throw badRequest('message text is empty');
  return apply(cloud, record, { entities: undefined, ...text, reply_markup: readMarkup(params).reply_markup }, log);
};

/** For the messages that show a file; their text is refused by `editMessageText`. */
export const editMessageCaption: Method = (cloud, { params, log }) => {
  const record = readOwn(cloud, params);
  if (record.message.text !== undefined) throw badRequest('there is no caption in the message to edit');
  const caption = { caption: undefined, caption_entities: undefined, ...readCaption(params) };
  return apply(cloud, record, { ...caption, reply_markup: readMarkup(params).reply_markup }, log);
};

/** Leaves no mark that people see. */
export const editMessageReplyMarkup: Method = (cloud, { params, log }) => {
  const record = readOwn(cloud, params);
  return apply(cloud, record, { reply_markup: readMarkup(params).reply_markup }, log);
};

/** Takes anybody's message: in a private chat and as an administrator a bot may. */
export const deleteMessage: Method = (cloud, { params, log }) => {
  const record = readMessage(cloud, params, 'delete');
  cloud.messages.remove(record, log);
  return true;
};

/** Skips those that are gone, as the server does. */
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

/** Changing only the buttons leaves no "edited" mark, as in the apps. Returns the message as it is now. */
function apply(cloud: Cloud, record: MessageRecord, fields: MessageChange, call: Call['log']): Message {
  const isSame = (key: keyof Message) => isDeepStrictEqual(record.message[key], fields[key]);
  const keys = Object.keys(fields) as (keyof Message)[];
  if (keys.every(isSame)) throw badRequest(NOT_MODIFIED);
  cloud.messages.change(record, fields, { call, edited: !keys.every((key) => key === 'reply_markup' || isSame(key)) });
  return record.message;
}
