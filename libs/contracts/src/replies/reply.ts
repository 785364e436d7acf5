import { z } from 'zod';
import { nameSchema } from '../base/names.ts';
import { placeSchema } from '../base/place.ts';
import { type Read, readableVersion, readVersioned } from '../base/version.ts';
import { shownFileSchema } from '../files/file.ts';
import { actSchema, answeringActSchema, menuActSchema, subjectSchema } from './act.ts';
import { reportSchema } from './report.ts';

const shown = {
  version: readableVersion,
  place: placeSchema,
  text: z.string().min(1),
  /** The session that it speaks for, if any. */
  session: nameSchema.optional(),
  /** The message that it answers. */
  replyTo: z.number().int().optional(),
  /** Shown without a sound. */
  silent: z.boolean().optional(),
};

const label = z.string().min(1);
const answerButtonSchema = z.object({ label, act: answeringActSchema });
/** A button of a question, and how it answers. */
export type AnswerButton = z.infer<typeof answerButtonSchema>;

const menuButtonSchema = z.object({ label, act: menuActSchema });
/** A button of a menu or a report, and what it does. */
export type MenuButton = z.infer<typeof menuButtonSchema>;

export const buttonSchema = z.object({ label, act: actSchema });
/** A button of any message. */
export type Button = z.infer<typeof buttonSchema>;

/** Rows of buttons, from the top. */
const rowsOf = <Of extends z.ZodType>(button: Of) => button.array().min(1).max(8).array().min(1).max(24);

const attachmentSchema = z.object({ name: z.string(), content: z.string() });
/** A text that is too long for a message. */
export type Attachment = z.infer<typeof attachmentSchema>;

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
    rows: rowsOf(answerButtonSchema),
    /** The only person who may answer. Default: whoever may use the bot. */
    userId: z.number().int().optional(),
    /** What the person writes next in the place is an answer too, with `prefix` before it. */
    textAnswers: z.object({ prefix: z.string() }).optional(),
    /** Shown as a file before it, if it is long. */
    attachment: attachmentSchema.optional(),
  }),
  z.object({ ...shown, kind: z.literal('document'), name: z.string().min(1), content: z.string() }),
  z.object({
    ...shown,
    kind: z.literal('menu'),
    /** The text is shown as it stands, not as Markdown. */
    plain: z.boolean().optional(),
    rows: rowsOf(menuButtonSchema),
    /** The first press counts: then the buttons go, and who chose what is shown. */
    once: z.boolean(),
  }),
  z.object({
    ...shown,
    kind: z.literal('settled'),
    questionId: z.string(),
    /** The message that has the buttons. Default: the last one of the question, as far as that is still known. */
    messageId: z.number().int().optional(),
  }),
  z.object({
    ...shown,
    kind: z.literal('refreshed'),
    text: z.literal(''),
    questionId: z.string(),
    messageId: z.number().int(),
  }),
  z.object({ ...shown, kind: z.literal('again'), questionId: z.string() }),
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
    attachment: attachmentSchema.optional(),
  }),
  z.object({
    ...shown,
    kind: z.literal('report'),
    report: reportSchema,
    /** Rows of buttons, which stay. */
    rows: rowsOf(menuButtonSchema).optional(),
  }),
]);
/**
 * One thing to show in a place. `markdown` is what Claude said; `text` is shown as it stands; `question` is Markdown with buttons that
 * answer it; `menu` is text with buttons that do something else; `settled` takes the buttons of an earlier one away and shows
 * `text` in their place; `refreshed` shows an earlier one as it is kept now; `again` sends
 * an earlier one once more, with its buttons, into the chat that its own has become; `reaction` puts the emoji that is its `text` below messages;
 * `document` is a text file, with `text` as its caption; `files` are shown with `text` as their caption; `tools` is what Claude did,
 * folded; `report` is how things are, with its title as `text` and perhaps buttons below.
 */
export type Reply = z.infer<typeof replySchema>;
/**
 * Asks a person. Its id is the reply's. It is open as long as its subject is: the job is kept at that point, or the turn waits. The first answer
 * is taken.
 */
export type Question = Extract<Reply, { kind: 'question' }>;
/** An album, or a single file. */
export type Files = Extract<Reply, { kind: 'files' }>;
/** How things are in the house or in a session. */
export type ShownReport = Extract<Reply, { kind: 'report' }>;
/** Offers what can be done; nobody waits for an answer. */
export type Menu = Extract<Reply, { kind: 'menu' }>;

/** Reads an entry of a reply queue. */
export function readReply(data: unknown): Read<Reply> {
  return readVersioned(replySchema, data);
}
