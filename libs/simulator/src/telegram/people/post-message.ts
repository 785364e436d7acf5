import { randomInt } from 'node:crypto';
import type { Message, MessageEntity, UpdateContent } from '../protocol/api-types.ts';
import type { ChatRecord } from '../cloud/chats.ts';
import type { Cloud } from '../cloud/cloud.ts';
import type { NewMessage } from '../cloud/message-store.ts';
import { withoutReply } from '../methods/read-target.ts';
import { MAX_TEXT } from '../methods/send-message.ts';
import { prepareText } from '../texts/prepare-text.ts';
import type { MessageRecord } from '../cloud/shown-message.ts';

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

/** A text that a person sends. */
export type Say = Place & Extras & { text: string; entities?: MessageEntity[] };

/** A message of a person, added to the chat, with the update that tells the bot of it. */
export type Spoken = { record: MessageRecord; content: UpdateContent };

/** Adds the message or messages of a text: an app splits what is longer than 4096 UTF-16 units. */
export function speak(cloud: Cloud, say: Say): Spoken[] {
  const parts = splitAsApps(say.text);
  return parts.map((text) => {
    const given = { text, entities: parts.length === 1 ? say.entities : undefined, parseMode: undefined };
    const prepared = prepareText(given, MAX_TEXT, 'message is too long');
    if (prepared.text === '') throw new Error('A person cannot send an empty text');
    const { entities } = prepared;
    return post(cloud, say, { text: prepared.text, ...(entities.length > 0 ? { entities } : {}) });
  });
}

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

/** The chat a person acts in. @throws Error if they are not in it or have blocked the bot */
export function enter(cloud: Cloud, { from, chat = from }: Place): ChatRecord {
  const record = cloud.chats.get(chat);
  if (!record.members.has(from)) throw new Error(`User ${from} is not in chat ${chat}`);
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
  const date = Math.floor(cloud.now() / 1000) - 60;
  if (typeof from === 'number') return { forward_origin: { type: 'user', date, sender_user: cloud.chats.user(from) } };
  return { forward_origin: { type: 'hidden_user', date, sender_user_name: from } };
}

/** The apps cut a long text at a line or a space if there is one near the end of a piece. */
function splitAsApps(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > MAX_TEXT) {
    const piece = rest.slice(0, MAX_TEXT);
    const gap = Math.max(piece.lastIndexOf('\n'), piece.lastIndexOf(' '));
    let cut = gap > MAX_TEXT / 2 ? gap + 1 : MAX_TEXT;
    const last = rest.charCodeAt(cut - 1);
    if (last >= 0xd800 && last <= 0xdbff) cut -= 1;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...parts, rest].filter((part, at) => at === 0 || part.trim() !== '');
}

/** An id of the kind Telegram gives to albums and presses. */
export function bigId(): string {
  return `${randomInt(1e9, 9e9)}${randomInt(1e9, 9e9)}`;
}
