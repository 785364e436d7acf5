// The objects of the Bot API, as far as the simulator produces them. Field names are Telegram's own.

/** A person or a bot. */
export type User = {
  id: number;
  is_bot: boolean;
  first_name: string;
  last_name?: string;
  username?: string;
  language_code?: string;
};

/** A private chat, which has the id of its person, or a group, whose id is negative. */
export type Chat = {
  id: number;
  type: 'private' | 'group' | 'supergroup';
  title?: string;
  first_name?: string;
  last_name?: string;
  username?: string;
  is_forum?: true;
};

/** Offsets and lengths are UTF-16 units. */
export type MessageEntity = {
  type: string;
  offset: number;
  length: number;
  url?: string;
  language?: string;
  user?: User;
  custom_emoji_id?: string;
};

/** A button under a message. What else it holds is kept and given back as it came. */
export type InlineButton = { text: string; callback_data?: string; url?: string; [other: string]: unknown };
/** The buttons under a message, row by row. */
export type InlineKeyboard = { inline_keyboard: InlineButton[][] };

/** A file as messages name it. Its bytes are fetched by the id. */
export type FileRef = {
  file_id: string;
  file_unique_id: string;
  /** Bytes. */
  file_size: number;
  file_name?: string;
  mime_type?: string;
};
/** A photo in one of its sizes; the simulator keeps the largest alone. */
export type PhotoSize = FileRef & { width: number; height: number };

/** Whose message it was. Who hides their account is a name only. */
type MessageOrigin =
  | { type: 'user'; date: number; sender_user: User }
  | { type: 'hidden_user'; date: number; sender_user_name: string };

/** A message: exactly one kind of content, and what surrounds it. */
export type Message = {
  message_id: number;
  /** Seconds since the epoch. */
  date: number;
  chat: Chat;
  from?: User;
  message_thread_id?: number;
  is_topic_message?: true;
  text?: string;
  entities?: MessageEntity[];
  caption?: string;
  caption_entities?: MessageEntity[];
  reply_to_message?: Message;
  quote?: { text: string; position: number; is_manual?: true };
  forward_origin?: MessageOrigin;
  reply_markup?: InlineKeyboard;
  link_preview_options?: unknown;
  document?: FileRef & { thumbnail?: PhotoSize };
  photo?: PhotoSize[];
  voice?: FileRef & { duration: number };
  audio?: FileRef & { duration: number };
  video?: FileRef & { duration: number; width: number; height: number };
  sticker?: FileRef & {
    type: 'regular';
    emoji: string;
    width: number;
    height: number;
    is_animated: boolean;
    is_video: boolean;
  };
  media_group_id?: string;
  edit_date?: number;
  forum_topic_created?: { name: string; icon_color: number };
  forum_topic_edited?: { name?: string };
  forum_topic_closed?: Record<string, never>;
  /** In a group that has become a supergroup: its id. In that: the id that it had as a group. */
  migrate_to_chat_id?: number;
  migrate_from_chat_id?: number;
};

/** A button was pressed. `data` is what the bot put into the button. */
export type CallbackQuery = {
  id: string;
  from: User;
  message: Message;
  chat_instance: string;
  data: string;
};

/** An emoji that somebody set on a message. */
export type Reaction = { type: 'emoji'; emoji: string };

/** What an update carries besides its id: exactly one of these. */
export type UpdateContent =
  | { message: Message }
  | { edited_message: Message }
  | { callback_query: CallbackQuery }
  | {
      message_reaction: {
        chat: Chat;
        message_id: number;
        user: User;
        date: number;
        old_reaction: Reaction[];
        new_reaction: Reaction[];
      };
    }
  | { stopped_message_generation: { chat: Chat; message_thread_id?: number; draft_id: number } }
  | { my_chat_member: { chat: Chat; from: User; date: number; old_chat_member: object; new_chat_member: object } };

/** What getUpdates gives: ids grow by one, so that a bot can confirm all below one. */
export type Update = { update_id: number } & UpdateContent;

/** A command as the menu offers it. */
export type BotCommand = { command: string; description: string };
