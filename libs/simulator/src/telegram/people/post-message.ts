import type { ChatRecord } from '../cloud/chats.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { type NewMessage, withoutReply } from '../cloud/message-store.ts';
import type { MessageRecord } from '../cloud/shown-message.ts';
import type { Message, UpdateContent } from '../protocol/api-types.ts';

/** Who acts, and where. Left out, `chat` is the person's private chat with the bot and `thread` no topic. */
export type Place = { from: number; chat?: number; thread?: number };

/** What may come with any message of a person. */
export type Extras = {
  /** When it was sent, in ms since the epoch, if that was not just now: as when nobody asked for updates since. */
  at?: number;
  /** The id of the message that is replied to. */
  replyTo?: number;
  /** The part of that message which is quoted. */
  quote?: string;
  /** Whose message it was: a person's id, or the name of someone who hides their account. */
  forwardFrom?: number | string;
};

/** A message of a person, added to the chat, with the update that tells the bot of it. */
export type Spoken = { record: MessageRecord; content: UpdateContent };

/** Adds one message of a person to a chat. */
export function post(cloud: Cloud, place: Place & Extras, what: Omit<NewMessage, 'chat'>): Spoken {
  const from = cloud.chats.user(place.from);
  const record = enter(cloud, place);
  const message: NewMessage = {
    chat: record.chat,
    from,
    ...threadFields(cloud, record, place.thread),
    ...replyFields(cloud, record, place),
    ...forwardFields(cloud, place.forwardFrom),
    ...(place.at === undefined ? {} : { date: Math.floor(place.at / 1000) }),
    ...what,
  };
  const added = cloud.messages.add(message);
  return { record: added, content: { message: added.message } };
}

/** The message a person acts on. @throws Error if the chat does not show it */
export function findShown(cloud: Cloud, place: Place, messageId: number): MessageRecord {
  const { chat } = enter(cloud, place);
  const found = cloud.messages.find(chat.id, messageId);
  if (found !== undefined && !found.deleted) return found;
  throw new Error(`Chat ${chat.id} shows no message ${messageId}`);
}

/** The chat a person acts in. @throws Error if they are not in it or have blocked the bot */
export function enter(cloud: Cloud, { from, chat = from }: Place): ChatRecord {
  const record = cloud.chats.get(chat);
  if (!record.members.has(from)) throw new Error(`User ${from} is not in chat ${chat}`);
  if (record.upgradedTo !== undefined) throw new Error(`Chat ${chat} is a supergroup now: ${record.upgradedTo}`);
  if (record.blocked) throw new Error(`User ${from} has blocked the bot: unblock it first`);
  if (!record.started) {
    record.started = true;
    cloud.tell({ kind: 'chats' });
  }
  return record;
}

/** In a topic, a message that replies to nothing comes as a reply to the message that made the topic. */
function threadFields(cloud: Cloud, record: ChatRecord, thread: number | undefined): Partial<Message> {
  if (thread === undefined) return {};
  if (!record.topics.has(thread)) {
    throw new Error(
      `Chat ${record.chat.id} has no topic ${thread}; it has: ${[...record.topics.keys()].join(', ') || 'none'}`,
    );
  }
  const created = cloud.messages.find(record.chat.id, thread);
  return {
    message_thread_id: thread,
    is_topic_message: true,
    ...(created === undefined ? {} : { reply_to_message: withoutReply(created.message) }),
  };
}

function replyFields(cloud: Cloud, { chat }: ChatRecord, { replyTo, quote }: Extras): Partial<Message> {
  if (replyTo === undefined) return {};
  const found = cloud.messages.find(chat.id, replyTo);
  if (found === undefined || found.deleted) throw new Error(`Chat ${chat.id} shows no message ${replyTo} to reply to`);
  const text = found.message.text ?? found.message.caption ?? '';
  return {
    reply_to_message: withoutReply(found.message),
    ...(quote === undefined
      ? {}
      : { quote: { text: quote, position: Math.max(0, text.indexOf(quote)), is_manual: true } }),
  };
}

function forwardFields(cloud: Cloud, from: number | string | undefined): Partial<Message> {
  if (from === undefined) return {};
  const date = Math.floor(Date.now() / 1000) - 60;
  if (typeof from === 'number') return { forward_origin: { type: 'user', date, sender_user: cloud.chats.user(from) } };
  return { forward_origin: { type: 'hidden_user', date, sender_user_name: from } };
}

/** The id of an update that the bot receives. @throws Error that says why it does not */
export function wanted(updateId: number | undefined): number {
  if (updateId !== undefined) return updateId;
  throw new Error('The bot does not receive this kind of update: its last getUpdates left it out of allowed_updates');
}
