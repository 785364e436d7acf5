import { z } from 'zod';
import { NAME_PATTERN } from './names.ts';
import { placeSchema } from './place.ts';
import { CONTRACT_VERSION, type Read, readVersioned } from './version.ts';

/** One thing to show in a place. `markdown` is what Claude said; `text` is shown as it stands. */
export const replySchema = z.object({
  version: z.literal(CONTRACT_VERSION),
  kind: z.enum(['markdown', 'text']),
  place: placeSchema,
  text: z.string().min(1),
  /** The session that it speaks for, if any. */
  session: z.string().regex(NAME_PATTERN).optional(),
  /** The message that it answers. */
  replyTo: z.number().int().optional(),
  /** Shown without a sound. */
  silent: z.boolean().optional(),
});
export type Reply = z.infer<typeof replySchema>;

/** Reads an entry of a reply queue. */
export function readReply(data: unknown): Read<Reply> {
  return readVersioned(replySchema, data);
}
