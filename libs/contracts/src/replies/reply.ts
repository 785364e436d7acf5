import { z } from 'zod';
import { NAME_PATTERN } from '../base/names.ts';
import { placeSchema } from '../base/place.ts';
import { queueRefSchema } from '../base/queues.ts';
import { type Read, readableVersion, readVersioned } from '../base/version.ts';
import { shownFileSchema } from '../files/file.ts';
import { actSchema, choiceSchema, subjectSchema } from './act.ts';
import { reportSchema } from './report.ts';

const shown = {
  version: readableVersion,
  place: placeSchema,
  text: z.string().min(1),
  /** The session that it speaks for, if any. */
  session: z.string().regex(NAME_PATTERN).optional(),
  /** The message that it answers. */
  replyTo: z.number().int().optional(),
  /** Shown without a sound. */
  silent: z.boolean().optional(),
};

const buttonSchema = z.object({ label: z.string().min(1), choice: choiceSchema });
/** A button that decides about a job. */
export type Button = z.infer<typeof buttonSchema>;

export const menuButtonSchema = z.object({ label: z.string().min(1), act: actSchema });
/** A button of a menu or a report, and what it does. */
/** Text with buttons that act. */
export type MenuButton = z.infer<typeof menuButtonSchema>;

const toolCallSchema = z.object({
  name: z.string(),
  input: z.unknown(),
  detail: z.string(),
  output: z.string(),
  isError: z.boolean(),
  /** Not Claude itself used it. */
  bySubagent: z.boolean().optional(),
});
/** A use of a tool, cut for showing: what it was given as text, and what came of it. */
export type ToolCall = z.infer<typeof toolCallSchema>;

const replySchema = z.discriminatedUnion('kind', [
  z.object({
    ...shown,
    kind: z.literal('markdown'),
    /** A long text is shown as its beginning, with the whole as a file. */
    shorten: z.boolean().optional(),
  }),
  z.object({ ...shown, kind: z.literal('text') }),
  z.object({
    ...shown,
    kind: z.literal('question'),
    about: subjectSchema,
    buttons: buttonSchema.array().min(1).max(8),
  }),
  z.object({ ...shown, kind: z.literal('document'), name: z.string().min(1), content: z.string() }),
  z.object({
    ...shown,
    kind: z.literal('menu'),
    /** The text is shown as it stands, not as Markdown. */
    plain: z.boolean().optional(),
    /** Rows of buttons, from the top. */
    rows: menuButtonSchema.array().min(1).max(8).array().min(1).max(24),
    /** The first press counts: then the buttons go, and who chose what is shown. */
    once: z.boolean(),
    /** The only person who may press. Default: whoever may use the bot. */
    userId: z.number().int().optional(),
    /** Shown as a file before it, if it is long. */
    attachment: z.object({ name: z.string(), content: z.string() }).optional(),
    /** What the person writes next in the place answers this question. */
    textAnswers: z.object({ queue: queueRefSchema, questionId: z.string(), prefix: z.string() }).optional(),
  }),
  z.object({
    ...shown,
    kind: z.literal('settled'),
    questionId: z.string(),
    /** The message that has the buttons. Default: the last one of the menu, as far as that is still known. */
    messageId: z.number().int().optional(),
  }),
  z.object({
    ...shown,
    kind: z.literal('refreshed'),
    text: z.literal(''),
    questionId: z.string(),
    messageId: z.number().int(),
  }),
  z.object({
    ...shown,
    kind: z.literal('files'),
    /** The caption, in Markdown; may be empty. */
    text: z.string(),
    files: shownFileSchema.array().min(1).max(10),
  }),
  z.object({ ...shown, kind: z.literal('reaction'), messageIds: z.number().int().array().min(1).max(100) }),
  z.object({
    ...shown,
    kind: z.literal('tools'),
    calls: toolCallSchema.array().min(1).max(16),
    /** All of it, shown as a file behind it, if some was cut. */
    attachment: z.object({ name: z.string(), content: z.string() }).optional(),
  }),
  z.object({
    ...shown,
    kind: z.literal('report'),
    report: reportSchema,
    /** Rows of buttons, which stay. */
    rows: menuButtonSchema.array().min(1).max(8).array().min(1).max(24).optional(),
  }),
]);
/**
 * One thing to show in a place. `markdown` is what Claude said; `text` is shown as it stands; `question` is Markdown with buttons below
 * that decide about a job; `menu` is Markdown with buttons of any kind; `settled` takes the buttons of an earlier menu away and shows
 * `text` in their place; `refreshed` shows an earlier menu as it is kept now; `reaction` puts the emoji that is its `text` below messages; `document` is a text file, with `text` as its
 * caption; `files` are shown with `text` as their caption; `tools` is what Claude did, folded; `report` is how things
 * are, with its title as `text` and perhaps buttons below.
 */
export type Reply = z.infer<typeof replySchema>;
/** Asks about a job; the first press decides. */
export type Question = Extract<Reply, { kind: 'question' }>;
/** An album, or a single file. */
export type Files = Extract<Reply, { kind: 'files' }>;
/** How things are in the house or in a session. */
export type ShownReport = Extract<Reply, { kind: 'report' }>;
export type Menu = Extract<Reply, { kind: 'menu' }>;

/** Reads an entry of a reply queue. */
export function readReply(data: unknown): Read<Reply> {
  return readVersioned(replySchema, data);
}
