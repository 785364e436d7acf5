import type { Replied } from '@signalbox/contracts';
import { z } from 'zod';
import { words } from '../wording/words.ts';
import type { AnyMessage, Content } from './content.ts';
import { nameOrigin } from './name-origin.ts';
import { readEntities } from './writing/entity.ts';
import { writeShortened } from './writing/write-shortened.ts';

/** The longest text of a replied message that is passed on whole, in UTF-16 units: Claude may have it, or not any more. */
const LONGEST = 2_000;

/** Reads what a message holds; `undefined` for what only tells what became of the chat. */
type ReadContent = (message: AnyMessage) => Content | undefined;

/** What a message replies to, and the album that it is part of. */
export interface RepliedTo {
  readonly replied: Replied;
  readonly album?: string;
}

const repliedSchema = z.looseObject({
  message_id: z.number().int(),
  from: z
    .looseObject({ id: z.number(), is_bot: z.boolean().default(false), first_name: z.string().default('') })
    .optional(),
  sender_chat: z.looseObject({ title: z.string().optional() }).optional(),
  media_group_id: z.string().optional(),
});
const externalSchema = z.looseObject({
  origin: z.unknown().optional(),
  chat: z.looseObject({ id: z.number(), title: z.string().optional(), username: z.string().optional() }).optional(),
  message_id: z.number().int().optional(),
});
const quoteSchema = z.looseObject({ text: z.string().min(1), entities: z.unknown().optional() });

/** Reads what a message replies to: a message here, one of another chat, a story; `undefined` if that is nothing that a person meant. */
export function readReplied(sent: AnyMessage, readContent: ReadContent): RepliedTo | undefined {
  const part = partOf(sent);
  const here = repliedSchema.safeParse(sent.reply_to_message).data;
  // In a forum topic every message formally replies to the topic's creation.
  if (here && here.forum_topic_created === undefined) {
    const { message_id: messageId, media_group_id: album } = here;
    const from = authorOf(here, sent);
    const replied = { messageId, ...(from ? { from } : {}), ...heldBy(here, part, readContent) };
    return album === undefined ? { replied } : { replied, album };
  }
  const external = externalSchema.safeParse(sent.external_reply).data;
  if (external) return { replied: readExternal(external, part, readContent) };
  if (sent.reply_to_story !== undefined) return { replied: { missing: words.notPassedOn('stories') } };
  return part === undefined ? undefined : { replied: part };
}

function readExternal(
  external: z.infer<typeof externalSchema>,
  part: Part | undefined,
  readContent: ReadContent,
): Replied {
  const from = [nameOrigin(external.origin), placeOf(external)].filter(Boolean).join(', ');
  // What has only its text has no field for it: a bot is given no more of it than what was quoted.
  const hasContent = Object.keys(external).some((key) => !ABOUT.has(key));
  const held = hasContent ? heldBy(external, part, readContent) : (part ?? { missing: words.onlyQuoted });
  return { from, ...held };
}

/** What of a message in another chat says which one it is. */
const ABOUT: ReadonlySet<string> = new Set([
  'origin',
  'chat',
  'message_id',
  'link_preview_options',
  'has_media_spoiler',
]);

function placeOf({ chat, message_id: id }: z.infer<typeof externalSchema>): string {
  if (!chat) return '';
  const path = chat.username ?? `c/${String(chat.id).replace(/^-100/, '')}`;
  return id === undefined ? (chat.title ?? '') : `https://t.me/${path}/${id}`;
}

type Part = Pick<Replied, 'text' | 'isPart'>;

/** The text and the files of a message, or the part of its text that is meant. */
function heldBy(
  message: AnyMessage,
  part: Part | undefined,
  readContent: ReadContent,
): Pick<Replied, 'text' | 'isPart' | 'files' | 'missing'> {
  const content = readContent(message);
  if (!content) return part ?? { missing: words.notPassedOn('messages of the chat itself') };
  const text = shorten(message, content);
  return {
    ...(text.trim() === '' ? {} : { text }),
    ...part,
    ...(content.files.length === 0 ? {} : { files: [...content.files] }),
    ...(content.refused === undefined ? {} : { missing: words.notPassedOn(content.refused) }),
  };
}

function shorten(message: AnyMessage, { text, markdown }: Content): string {
  const sources = [
    { typed: message.text, entities: message.entities },
    { typed: message.caption, entities: message.caption_entities },
  ];
  const source = sources.find(({ typed }) => typed === text);
  const marked = source ? { text, entities: readEntities(source.entities) } : { text: markdown, entities: [] };
  return writeShortened(marked, LONGEST);
}

/** What the sender marked in the message: some of its words, a task, an option. */
function partOf(sent: AnyMessage): Part | undefined {
  const quote = quoteSchema.safeParse(sent.quote).data;
  if (quote) {
    const text = writeShortened({ text: quote.text, entities: readEntities(quote.entities) }, LONGEST);
    return { text, isPart: true };
  }
  const chosen = chosenSchema.safeParse(sent).data;
  const task = chosen?.reply_to_message.checklist?.tasks.find(({ id }) => id === chosen.reply_to_checklist_task_id);
  const optionId = chosen?.reply_to_poll_option_id;
  const options = optionId === undefined ? undefined : chosen?.reply_to_message.poll?.options;
  const option = options?.find(({ persistent_id: id }) => id === optionId);
  const text = (task ?? option)?.text;
  return text ? { text, isPart: true } : undefined;
}

const chosenSchema = z.looseObject({
  reply_to_checklist_task_id: z.number().optional(),
  reply_to_poll_option_id: z.string().optional(),
  reply_to_message: z.looseObject({
    checklist: z.looseObject({ tasks: z.looseObject({ id: z.number(), text: z.string() }).array() }).optional(),
    poll: z
      .looseObject({ options: z.looseObject({ persistent_id: z.string().optional(), text: z.string() }).array() })
      .optional(),
  }),
});

/** Who wrote it, unless it was the sender or the bot. */
function authorOf(replied: z.infer<typeof repliedSchema>, sent: AnyMessage): string | undefined {
  const { from, sender_chat: chat, forward_origin: origin } = replied;
  if (origin !== undefined) return nameOrigin(origin);
  if (chat?.title) return chat.title;
  const sender = sent.from as { id?: number } | undefined;
  return !from || from.is_bot || from.id === sender?.id ? undefined : from.first_name || undefined;
}
