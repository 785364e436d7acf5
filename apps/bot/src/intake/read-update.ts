import { beginningOf, type FileRef, type Origin, type Place } from '@signalbox/contracts';
import { z } from 'zod';
import type { Press } from '../asking/press-button.ts';
import type { DraftStop } from '../live/stop-button.ts';
import { fileOf } from './read-files.ts';

/** Who caused an update, and where. */
export interface Sender {
  readonly userId: number;
  readonly chatId: number;
  readonly isPrivate: boolean;
}

/** What an update asks for. */
export type Incoming =
  | {
      kind: 'text';
      origin: Origin;
      /** Empty only if there are files: then it is their caption. */
      text: string;
      forwardedFrom?: string;
      quote?: string;
      repliesTo?: number;
      files?: readonly FileRef[];
      album?: string;
    }
  | {
      kind: 'unsupported';
      origin: Origin;
      what: string;
      caption?: string;
      forwardedFrom?: string;
      quote?: string;
      repliesTo?: number;
    }
  | { kind: 'edited'; origin: Origin; text: string }
  | ({ kind: 'stop' } & DraftStop)
  | ({ kind: 'button' } & Press);

/** What a person wrote, and not what they pressed. */
export type Said = Exclude<Incoming, { kind: 'button' | 'stop' }>;

const user = z.object({ id: z.number().int(), first_name: z.string().default(''), last_name: z.string().optional() });
const chat = z.object({ id: z.number().int(), type: z.string() });
const message = z.looseObject({
  message_id: z.number().int(),
  date: z.number().int(),
  message_thread_id: z.number().int().optional(),
  is_topic_message: z.boolean().optional(),
  from: user.optional(),
  chat,
  text: z.string().optional(),
  caption: z.string().optional(),
  media_group_id: z.string().optional(),
  forward_origin: z.looseObject({ type: z.string() }).optional(),
  quote: z.object({ text: z.string() }).optional(),
  reply_to_message: z
    .looseObject({
      message_id: z.number().int().optional(),
      text: z.string().optional(),
      caption: z.string().optional(),
      forum_topic_created: z.unknown().optional(),
    })
    .optional(),
});
/** Telegram's own Stop button exists in private chats alone: whoever pressed it is the chat. */
const stopped = z.looseObject({
  chat: z.object({ id: z.number().int(), type: z.literal('private'), first_name: z.string().default('') }),
  message_thread_id: z.number().int().optional(),
  draft_id: z.number().int(),
});
const updateIdSchema = z.object({ update_id: z.number().int() });
const updateSchema = z.looseObject({
  update_id: z.number().int(),
  message: message.optional(),
  edited_message: message.optional(),
  stopped_message_generation: stopped.optional().catch(undefined),
  callback_query: z
    .looseObject({
      id: z.string(),
      from: user,
      message: z
        .looseObject({
          chat,
          message_id: z.number().int(),
          message_thread_id: z.number().int().optional(),
          is_topic_message: z.boolean().optional(),
        })
        .optional(),
      data: z.string().optional(),
    })
    .optional(),
});
export type Update = z.infer<typeof updateSchema>;
type Message = z.infer<typeof message>;

/** Kinds of content that are not text, in a person's words. */
const OTHER_CONTENT: Record<string, string> = {
  sticker: 'stickers',
  photo: 'photos',
  video: 'videos',
  video_note: 'videos',
  animation: 'animations',
  voice: 'voice messages',
  audio: 'audio files',
  document: 'files',
  location: 'locations',
  contact: 'contacts',
  poll: 'polls',
  dice: 'dice',
  story: 'stories',
  paid_media: 'paid media',
  checklist: 'checklists',
  game: 'games',
  invoice: 'invoices',
  giveaway: 'giveaways',
};

/** The longest excerpt of a quoted message that is passed on, in UTF-16 units. */
const LONGEST_QUOTE = 500;

/** Reads the outer shape of an update; `undefined` if it has none that can be used. Its id can then still be read by `updateIdOf`. */
export function readUpdate(raw: unknown): Update | undefined {
  return updateSchema.safeParse(raw).data;
}

/** The id of any update. Throws if it has none: without it the offset cannot move past it. */
export function updateIdOf(raw: unknown): number {
  return updateIdSchema.parse(raw).update_id;
}

/** Who caused the update. `undefined`: nobody that could be allowed (a channel, a kind of update that is not asked for). */
export function senderOf(update: Update): Sender | undefined {
  const stop = update.stopped_message_generation;
  if (stop) return { userId: stop.chat.id, chatId: stop.chat.id, isPrivate: true };
  const message = update.message ?? update.edited_message;
  const from = message?.from ?? update.callback_query?.from;
  const where = message?.chat ?? update.callback_query?.message?.chat;
  if (!from || !where) return undefined;
  return { userId: from.id, chatId: where.id, isPrivate: where.type === 'private' };
}

/** What the update asks for; `undefined` for what needs no answer (somebody joined, a message was pinned). */
export function readIncoming(update: Update): Incoming | undefined {
  if (update.callback_query) return pressOf(update.callback_query);
  if (update.edited_message) return editOf(update.edited_message);
  if (update.stopped_message_generation) return stopOf(update.stopped_message_generation);
  const sent = update.message;
  if (!sent?.from) return undefined;
  const origin = originOf(sent, sent.from);
  const forwardedFrom = forwarderOf(sent);
  const passed = forwardedFrom === undefined ? {} : { forwardedFrom };
  if (sent.text?.trim()) return { kind: 'text', origin, text: sent.text, ...passed, ...quoteOf(sent) };
  const file = fileOf(sent);
  if (file)
    return { kind: 'text', origin, text: sent.caption ?? '', ...passed, ...quoteOf(sent), ...filesOf(file, sent) };
  const content = Object.keys(OTHER_CONTENT).find((key) => key in sent);
  if (content === undefined && sent.text === undefined && sent.caption === undefined) return undefined;
  const what = OTHER_CONTENT[content ?? ''] ?? (sent.caption === undefined ? 'empty messages' : 'this kind of message');
  const caption = sent.caption?.trim() ? { caption: sent.caption, ...quoteOf(sent) } : {};
  return { kind: 'unsupported', origin, what, ...passed, ...caption };
}

function stopOf({ chat, message_thread_id: threadId, draft_id: draftId }: z.infer<typeof stopped>): Incoming {
  const place = threadId === undefined ? { chatId: chat.id } : { chatId: chat.id, threadId };
  return { kind: 'stop', place, draftId, userId: chat.id, userName: chat.first_name };
}

function editOf(sent: Message): Incoming | undefined {
  const text = sent.text ?? sent.caption;
  return sent.from && text?.trim() ? { kind: 'edited', origin: originOf(sent, sent.from), text } : undefined;
}

function filesOf(file: FileRef, { media_group_id: album }: Message): { files: FileRef[]; album?: string } {
  return { files: [file], ...(album === undefined ? {} : { album }) };
}

function pressOf({ id, from, message: shown, data }: NonNullable<Update['callback_query']>): Incoming | undefined {
  if (!shown) return undefined;
  return {
    kind: 'button',
    queryId: id,
    data,
    place: placeOf(shown),
    messageId: shown.message_id,
    userId: from.id,
    userName: nameOf(from),
  };
}

function nameOf(from: z.infer<typeof user>): string {
  return [from.first_name, from.last_name].filter(Boolean).join(' ');
}

function placeOf(sent: Pick<Message, 'chat' | 'message_thread_id' | 'is_topic_message'>): Place {
  const threadId = sent.is_topic_message ? sent.message_thread_id : undefined;
  return threadId === undefined ? { chatId: sent.chat.id } : { chatId: sent.chat.id, threadId };
}

function originOf(sent: Message, from: z.infer<typeof user>): Origin {
  return {
    place: placeOf(sent),
    messageId: sent.message_id,
    userId: from.id,
    userName: nameOf(from),
    sentAt: sent.date * 1_000,
  };
}

const forwardSchema = z.looseObject({
  sender_user: user.optional(),
  sender_user_name: z.string().optional(),
  sender_chat: z.looseObject({ title: z.string().optional() }).optional(),
  chat: z.looseObject({ title: z.string().optional() }).optional(),
});

function forwarderOf(sent: Message): string | undefined {
  if (!sent.forward_origin) return undefined;
  const from = forwardSchema.safeParse(sent.forward_origin).data;
  return (
    from?.sender_user?.first_name ||
    from?.sender_user_name ||
    from?.sender_chat?.title ||
    from?.chat?.title ||
    'somebody'
  );
}

function quoteOf(sent: Message): { quote?: string; repliesTo?: number } {
  // In a forum topic every message formally replies to the topic's creation.
  const replied = sent.reply_to_message?.forum_topic_created === undefined ? sent.reply_to_message : undefined;
  const quote = sent.quote?.text ?? replied?.text ?? replied?.caption;
  const to = replied?.message_id === undefined ? {} : { repliesTo: replied.message_id };
  return quote === undefined ? to : { ...to, quote: beginningOf(quote, LONGEST_QUOTE) };
}
