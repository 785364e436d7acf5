import { z } from 'zod';
import { nameSchema } from '../base/names.ts';

/** What routing knows of a session: that its name is taken, by whom, and which pool serves it. */
export const sessionCardSchema = z.object({
  name: nameSchema,
  pool: z.string(),
  persona: z.string(),
  /** The job that claimed the name: the same update delivered again is not "already exists". */
  claimedBy: z.string(),
  createdAt: z.number().int(),
  /** The session is put away; see `/restore`. */
  archived: z.boolean().optional(),
  /** The session in whose queue the job waits that makes this one (a fork) or gives it this name. */
  awaits: nameSchema.optional(),
  /** With `awaits`: that session gets this name, so what it is at is this one's. */
  renames: z.boolean().optional(),
});
/** The one who claims a name first has it. */
export type SessionCard = z.infer<typeof sessionCardSchema>;

/** What the lease holder last said of a session, for lists. The truth is the session's metadata.json. */
export const sessionActivitySchema = z.object({
  status: z.enum(['idle', 'active', 'suspended']),
  lastUsedAt: z.number().int(),
  /** Whether its Claude is at something without a message. */
  background: z.boolean().optional(),
});
/** It may be a moment old, and is never decided on. */
export type SessionActivity = z.infer<typeof sessionActivitySchema>;
