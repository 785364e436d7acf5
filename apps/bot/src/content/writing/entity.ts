import type { MessageEntity } from '@grammyjs/types';
import { z } from 'zod';

/** Every kind of entity that the Bot API has. */
export type EntityKind = MessageEntity['type'];
/** What rich messages have besides. */
export type RichKind = 'subscript' | 'superscript' | 'marked' | 'note';

/** A stretch of a text that means more than its characters. */
export interface Entity {
  readonly kind: EntityKind | RichKind;
  /** In UTF-16 units from the start of the text, as the Bot API and JavaScript count. */
  readonly start: number;
  /** The first unit behind it. */
  readonly end: number;
  /** Where a link leads. */
  readonly address?: string | undefined;
  /** Said of it, if its own words do not: who is mentioned, which time is meant. */
  readonly note?: string | undefined;
  /** Of a block of code. */
  readonly language?: string | undefined;
}

/** A text as Telegram gives it. */
export interface MarkedText {
  readonly text: string;
  readonly entities: readonly Entity[];
}

/**
 * How an entity is written. `text`: its characters say all · `wrap`: between two marks · `link`: with its address · `note`: with what it stands for
 * behind it · the others: as Markdown does.
 */
export type Form =
  | { as: 'text' | 'link' | 'note' | 'italic' | 'code' | 'pre' | 'quote' }
  | { as: 'wrap'; open: string; close: string };

/** A kind that is not here does not compile: nothing that is formatted may be lost without a decision. */
export const FORMS: Record<EntityKind | RichKind, Form> = {
  bold: between('**'),
  italic: { as: 'italic' },
  underline: tagged('u'),
  strikethrough: between('~~'),
  spoiler: between('||'),
  marked: between('=='),
  subscript: tagged('sub'),
  superscript: tagged('sup'),
  code: { as: 'code' },
  pre: { as: 'pre' },
  blockquote: { as: 'quote' },
  expandable_blockquote: { as: 'quote' },
  text_link: { as: 'link' },
  text_mention: { as: 'link' },
  date_time: { as: 'note' },
  note: { as: 'note' },
  // The text holds the emoji that stands for it.
  custom_emoji: { as: 'text' },
  mention: { as: 'text' },
  hashtag: { as: 'text' },
  cashtag: { as: 'text' },
  bot_command: { as: 'text' },
  url: { as: 'text' },
  email: { as: 'text' },
  phone_number: { as: 'text' },
};

function between(mark: string): Form {
  return { as: 'wrap', open: mark, close: mark };
}

function tagged(tag: string): Form {
  return { as: 'wrap', open: `<${tag}>`, close: `</${tag}>` };
}

const raw = z.object({
  type: z.string().refine((type): type is EntityKind => Object.hasOwn(FORMS, type)),
  offset: z.number().int().nonnegative(),
  length: z.number().int().positive(),
  url: z.string().optional(),
  language: z.string().optional(),
  unix_time: z.number().optional(),
  user: z.object({ id: z.number(), first_name: z.string().default(''), last_name: z.string().optional() }).optional(),
});

/** The entities of a text as the Bot API writes them. One that is newer than this, or is not of its shape, leaves its words as they are. */
export function readEntities(entities: unknown): Entity[] {
  return (Array.isArray(entities) ? entities : []).flatMap((each) => {
    const read = raw.safeParse(each).data;
    return read ? [entityOf(read)] : [];
  });
}

function entityOf({ type, offset, length, url, language, unix_time: time, user }: z.infer<typeof raw>): Entity {
  const range = { kind: type, start: offset, end: offset + length };
  if (user) return { ...range, ...mentioned(user) };
  return { ...range, address: url, language, note: time === undefined ? undefined : describeTime(time) };
}

/** Who is mentioned that has no public name: by their id and the name they gave themselves. */
export function mentioned(user: {
  id: number;
  first_name: string;
  last_name?: string | undefined;
}): Pick<Entity, 'address' | 'note'> {
  const name = [user.first_name, user.last_name].filter(Boolean).join(' ');
  return { address: `tg://user?id=${user.id}`, note: name || undefined };
}

/** A time that the reader’s own clock shows differently, given in s since the epoch; `undefined` for one that no calendar has. */
export function describeTime(seconds: number): string | undefined {
  const time = new Date(seconds * 1_000);
  return Number.isNaN(time.getTime()) ? undefined : `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
