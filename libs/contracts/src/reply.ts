import { z } from 'zod';
import { NAME_PATTERN } from './names.ts';
import { placeSchema } from './place.ts';
import { queueRefSchema } from './queues.ts';
import { type Read, readableVersion, readVersioned } from './version.ts';

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

/**
 * What a person can decide about a job with a button.
 * `retry`: a failed job is done once more · `continue`: a job that waits for a word goes on · `drop`: neither.
 */
export const choiceSchema = z.enum(['retry', 'continue', 'drop']);
export type Choice = z.infer<typeof choiceSchema>;

/** The job that a question is about. */
export const subjectSchema = z.object({ queue: queueRefSchema, jobId: z.string() });
export type Subject = z.infer<typeof subjectSchema>;

const buttonSchema = z.object({ label: z.string().min(1), choice: choiceSchema });
export type Button = z.infer<typeof buttonSchema>;

/** One thing to show in a place. `markdown` is what Claude said; `text` is shown as it stands; `question` is Markdown with buttons below. */
export const replySchema = z.discriminatedUnion('kind', [
  z.object({ ...shown, kind: z.literal('markdown') }),
  z.object({ ...shown, kind: z.literal('text') }),
  z.object({
    ...shown,
    kind: z.literal('question'),
    about: subjectSchema,
    buttons: buttonSchema.array().min(1).max(8),
  }),
]);
export type Reply = z.infer<typeof replySchema>;
export type Question = Extract<Reply, { kind: 'question' }>;

/** Reads an entry of a reply queue. */
export function readReply(data: unknown): Read<Reply> {
  return readVersioned(replySchema, data);
}
