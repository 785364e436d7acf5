import type { RichBlock, RichText } from '@grammyjs/types';
import { z } from 'zod';

/** Every kind of rich text and of rich block that the Bot API has. */
export type RichTextKind = Exclude<RichText, string | RichText[]>['type'];
export type RichBlockKind = RichBlock['type'];

/** A text with what it means, as a tree. Of each kind it has what that kind has; one that is newer than this may have anything. */
export type Rich = string | Rich[] | RichNode;
export interface RichNode {
  readonly type: string;
  readonly text?: Rich | undefined;
  readonly url?: string | undefined;
  readonly expression?: string | undefined;
  readonly alternative_text?: string | undefined;
  readonly unix_time?: number | undefined;
  readonly name?: string | undefined;
  readonly reference_name?: string | undefined;
  readonly email_address?: string | undefined;
  readonly phone_number?: string | undefined;
  readonly username?: string | undefined;
  readonly user?: { id: number; first_name: string; last_name?: string | undefined } | undefined;
  readonly button?: RichButton | undefined;
}

const text = z.string().optional();
const rich: z.ZodType<Rich> = z.lazy(() => z.union([z.string(), rich.array(), richNode]));
const button = z.looseObject({ text: rich, url: text });
export type RichButton = z.infer<typeof button>;
const richNode = z.looseObject({
  type: z.string(),
  text: rich.optional(),
  url: text,
  expression: text,
  alternative_text: text,
  unix_time: z.number().optional(),
  name: text,
  reference_name: text,
  email_address: text,
  phone_number: text,
  username: text,
  user: z.object({ id: z.number(), first_name: z.string(), last_name: text }).optional(),
  button: button.optional(),
});

const cell = z.looseObject({
  text: rich.optional(),
  is_header: z.boolean().optional(),
  colspan: z.number().int().min(1).max(20).optional().catch(undefined),
  rowspan: z.number().int().min(1).max(500).optional().catch(undefined),
});
export type RichCell = z.infer<typeof cell>;

/** A caption, also where it is a text alone. */
const caption = z.union([
  z.object({ text: rich, credit: rich.optional() }),
  rich.transform((only) => ({ text: only, credit: undefined })),
]);
export type RichCaption = z.infer<typeof caption>;

/** A block, with what the blocks of its kind have. The files that it may hold are read as those of a message. */
export interface Block {
  readonly type: string;
  readonly text?: Rich | undefined;
  readonly size?: number | undefined;
  readonly language?: string | undefined;
  readonly expression?: string | undefined;
  readonly credit?: Rich | undefined;
  readonly summary?: Rich | undefined;
  readonly caption?: RichCaption | undefined;
  readonly blocks?: Block[] | undefined;
  readonly items?: Item[] | undefined;
  readonly cells?: RichCell[][] | undefined;
  readonly buttons?: RichButton[] | undefined;
  readonly [more: string]: unknown;
}
export interface Item {
  readonly label?: string | undefined;
  readonly blocks: Block[];
  readonly has_checkbox?: boolean | undefined;
  readonly is_checked?: boolean | undefined;
}

const blocks: z.ZodType<Block[]> = z.lazy(() => block.array());
const item = z.looseObject({
  label: text,
  blocks,
  has_checkbox: z.boolean().optional(),
  is_checked: z.boolean().optional(),
});
const block = z.looseObject({
  type: z.string(),
  text: rich.optional(),
  size: z.number().optional(),
  language: text,
  expression: text,
  credit: rich.optional(),
  summary: rich.optional(),
  caption: caption.optional(),
  blocks: blocks.optional(),
  items: item.array().optional(),
  cells: cell.array().array().optional(),
  buttons: button.array().optional(),
});

/** A rich message as the Bot API writes it. */
export const richMessageSchema = z.looseObject({ blocks });
