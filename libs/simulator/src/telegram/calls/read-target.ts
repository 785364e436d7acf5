import type { ChatRecord } from '../cloud/chats.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { withoutReply } from '../cloud/message-store.ts';
import type { MessageRecord } from '../cloud/shown-message.ts';
import type { Message } from '../protocol/api-types.ts';
import { badRequest } from '../protocol/errors.ts';
import type { Params } from '../protocol/params.ts';

/** The id that stands for the topic "General", which messages do not name. */
const GENERAL = 1;

/** Where a message goes: the fields every message of that place has. */
export type Target = { record: ChatRecord; fields: Pick<Message, 'chat' | 'message_thread_id' | 'is_topic_message'> };

/** Reads `chat_id` and `message_thread_id`. @throws TelegramError as the server does for a chat or topic that is not there */
export function readTarget(cloud: Cloud, params: Params): Target {
  const record = cloud.chats.forBot(params.text('chat_id'));
  const thread = params.integer('message_thread_id') ?? 0;
  if (thread === 0 || (thread === GENERAL && record.chat.is_forum === true)) {
    return { record, fields: { chat: record.chat } };
  }
  const topic = record.topics.get(thread);
  if (topic === undefined) throw badRequest('message thread not found');
  if (topic.closed) throw badRequest('TOPIC_CLOSED');
  return { record, fields: { chat: record.chat, message_thread_id: thread, is_topic_message: true } };
}

/** Reads `reply_parameters` (or the older `reply_to_message_id`): the message that is replied to, if any. */
export function readReply(cloud: Cloud, params: Params, chatId: number): Pick<Message, 'reply_to_message'> {
  const given = (params.json('reply_parameters') ?? {}) as {
    message_id?: unknown;
    allow_sending_without_reply?: unknown;
  };
  const id = Number(given.message_id ?? params.integer('reply_to_message_id') ?? 0);
  if (id === 0) return {};
  const found = cloud.messages.find(chatId, id);
  if (found !== undefined && !found.deleted) return { reply_to_message: withoutReply(found.message) };
  if (given.allow_sending_without_reply === true || params.flag('allow_sending_without_reply')) return {};
  throw badRequest('message to be replied not found');
}

/**
 * Finds the message that a call is about.
 * @param purpose completes "message to … not found": `edit`, `delete`, `react`
 */
export function readMessage(cloud: Cloud, params: Params, purpose: string): MessageRecord {
  const { chat } = cloud.chats.forBot(params.text('chat_id'));
  const id = params.integer('message_id');
  if (id === undefined) throw badRequest('message identifier is not specified');
  const found = cloud.messages.find(chat.id, id);
  if (found === undefined || found.deleted) throw badRequest(`message to ${purpose} not found`);
  return found;
}
