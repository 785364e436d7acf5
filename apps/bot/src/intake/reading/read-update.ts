import type { Origin, Place } from '@signalbox/contracts';
import { z } from 'zod';
import type { Content } from '../../content/content.ts';
import { nameOrigin } from '../../content/name-origin.ts';
import { readContent } from '../../content/read-content.ts';
import { readReplied } from '../../content/read-replied.ts';
import type { Around, Incoming, Sender } from './incoming.ts';

const user = z.object({ id: z.number().int(), first_name: z.string().default(''), last_name: z.string().optional() });
const chat = z.object({ id: z.number().int(), type: z.string() });
const message = z.looseObject({
  message_id: z.number().int(),
  date: z.number().int(),
  edit_date: z.number().int().optional().catch(undefined),
  message_thread_id: z.number().int().optional(),
  is_topic_message: z.boolean().optional(),
  from: user.optional(),
  chat,
  text: z.string().optional(),
  caption: z.string().optional(),
  media_group_id: z.string().optional(),
  forward_origin: z.looseObject({ type: z.string() }).optional(),
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
  const content = readContent(sent);
  if (!content) return undefined;
  const origin = originOf(sent, sent.from);
  const { text, files, refused } = content;
  const around = { ...markdownOf(content), ...aroundOf(sent) };
  if (refused !== undefined)
    return { kind: 'unsupported', origin, what: refused, ...(text.trim() ? { caption: text } : {}), ...around };
  const { media_group_id: album } = sent;
  const attached = files.length === 0 ? {} : { files, ...(album === undefined ? {} : { album }) };
  return { kind: 'text', origin, text, ...around, ...attached };
}

function markdownOf({ text, markdown }: Content): { markdown?: string } {
  return markdown === text ? {} : { markdown };
}

/** Whose it was, and what it replies to. */
function aroundOf(sent: Message): Omit<Around, 'markdown'> {
  const to = readReplied(sent, readContent);
  return {
    ...(sent.forward_origin ? { forwardedFrom: nameOrigin(sent.forward_origin) } : {}),
    ...(to ? { replied: to.replied } : {}),
    ...(to?.replied.messageId === undefined ? {} : { repliesTo: to.replied.messageId }),
    ...(to?.album === undefined ? {} : { repliedAlbum: to.album }),
  };
}

function stopOf({ chat, message_thread_id: threadId, draft_id: draftId }: z.infer<typeof stopped>): Incoming {
  const place = threadId === undefined ? { chatId: chat.id } : { chatId: chat.id, threadId };
  return { kind: 'stop', place, draftId, userId: chat.id, userName: chat.first_name };
}

function editOf(sent: Message): Incoming | undefined {
  const content = sent.from && readContent(sent);
  if (!sent.from || !content || content.refused !== undefined) return undefined;
  const { text, files } = content;
  return {
    ...{ kind: 'edited', origin: originOf(sent, sent.from), text, ...markdownOf(content) },
    ...(files.length === 0 ? {} : { files }),
    ...('location' in sent ? { isMoving: true } : {}),
    ...(sent.edit_date === undefined ? {} : { editedAt: sent.edit_date * 1_000 }),
  };
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
