import type { ApiCall } from '../protocol/api-call.ts';
import type { InlineButton, Message, MessageEntity } from '../protocol/api-types.ts';

/** A button under a message. */
type ShownButton = { text: string; data?: string; url?: string };

/** A file of a message. Its bytes: `telegram.fileData(fileId)`. */
type ShownFile = {
  kind: 'document' | 'photo' | 'voice' | 'audio' | 'video' | 'sticker';
  fileId: string;
  name: string;
  mimeType: string;
  /** Bytes. */
  size: number;
  width?: number;
  height?: number;
};

/** One thing that happened to a message. */
export type HistoryEntry = {
  /** Milliseconds since the epoch. */
  at: number;
  what: 'sent' | 'edited' | 'deleted' | 'reaction';
  text: string;
  buttons: ShownButton[][];
};

/** A message as a person sees it now. A snapshot: it does not change. */
export type ShownMessage = {
  id: number;
  chatId: number;
  thread: number | undefined;
  from: { id: number; name: string; isBot: boolean };
  /** Milliseconds since the epoch. */
  at: number;
  /** The text, or the caption of a file. */
  text: string;
  entities: MessageEntity[];
  buttons: ShownButton[][];
  replyTo: { id: number; text: string; from: string } | undefined;
  forwardedFrom: string | undefined;
  reactions: { from: number; emoji: string }[];
  file: ShownFile | undefined;
  stickerEmoji: string | undefined;
  mediaGroup: string | undefined;
  /** What happened, for a message of the chat itself (a topic was made …). */
  service: string | undefined;
  edited: boolean;
  deleted: boolean;
  /** True if it was sent without sound. */
  silent: boolean;
  history: HistoryEntry[];
  /** Every call of the bot that touched it. */
  calls: ApiCall[];
};

/** What the simulator keeps of a message besides the API's object. */
export type MessageRecord = {
  message: Message;
  at: number;
  deleted: boolean;
  silent: boolean;
  reactions: Map<number, string[]>;
  history: HistoryEntry[];
  calls: ApiCall[];
  /** The last snapshot; undefined when something changed since. */
  shown: ShownMessage | undefined;
};

/** The snapshot of a message. Pure but for the cache on the record. */
export function showMessage(record: MessageRecord): ShownMessage {
  record.shown ??= build(record);
  return record.shown;
}

function build({ message, at, deleted, silent, reactions, history, calls }: MessageRecord): ShownMessage {
  const reply = message.reply_to_message;
  return {
    id: message.message_id,
    chatId: message.chat.id,
    thread: message.message_thread_id,
    from: { id: message.from?.id ?? 0, name: message.from?.first_name ?? '', isBot: message.from?.is_bot ?? false },
    at,
    text: message.text ?? message.caption ?? '',
    entities: message.entities ?? message.caption_entities ?? [],
    buttons: showButtons(message),
    replyTo:
      reply === undefined || reply.forum_topic_created !== undefined
        ? undefined
        : { id: reply.message_id, text: reply.text ?? reply.caption ?? '', from: reply.from?.first_name ?? '' },
    forwardedFrom: forwardedFrom(message),
    reactions: [...reactions].flatMap(([from, emojis]) => emojis.map((emoji) => ({ from, emoji }))),
    file: showFile(message),
    stickerEmoji: message.sticker?.emoji,
    mediaGroup: message.media_group_id,
    service: showService(message),
    edited: message.edit_date !== undefined,
    deleted,
    silent,
    history: [...history],
    calls: [...calls],
  };
}

/** The buttons of a message, row by row. */
export function showButtons(message: Message): ShownButton[][] {
  const show = ({ text, callback_data, url }: InlineButton): ShownButton => ({
    text,
    ...(callback_data === undefined ? {} : { data: callback_data }),
    ...(url === undefined ? {} : { url }),
  });
  return (message.reply_markup?.inline_keyboard ?? []).map((row) => row.map(show));
}

function forwardedFrom({ forward_origin: origin }: Message): string | undefined {
  if (origin === undefined) return undefined;
  return origin.type === 'user' ? origin.sender_user.first_name : origin.sender_user_name;
}

function showFile(message: Message): ShownFile | undefined {
  const photo = message.photo?.at(-1);
  if (photo !== undefined) return { ...fileOf('photo', photo), width: photo.width, height: photo.height };
  for (const kind of ['document', 'voice', 'audio', 'video', 'sticker'] as const) {
    const file = message[kind];
    if (file !== undefined) return fileOf(kind, file);
  }
  return undefined;
}

function fileOf(kind: ShownFile['kind'], file: NonNullable<Message['document']>): ShownFile {
  const {
    file_id: fileId,
    file_name: name = kind,
    mime_type: mimeType = 'application/octet-stream',
    file_size: size,
  } = file;
  return { kind, fileId, name, mimeType, size };
}

function showService(message: Message): string | undefined {
  if (message.forum_topic_created !== undefined) return `Topic “${message.forum_topic_created.name}” created`;
  if (message.forum_topic_edited !== undefined) return `Topic renamed to “${message.forum_topic_edited.name ?? ''}”`;
  if (message.forum_topic_closed !== undefined) return 'Topic closed';
  if (message.migrate_to_chat_id !== undefined) return `This group is a supergroup now: ${message.migrate_to_chat_id}`;
  if (message.migrate_from_chat_id !== undefined) return 'This supergroup was a group before';
  return undefined;
}
