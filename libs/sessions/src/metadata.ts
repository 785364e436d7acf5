import { nameSchema, type Place, placeSchema } from '@signalbox/contracts';
import { z } from 'zod';

/** `idle`: created, never started. `active`: its Claude process runs. `suspended`: the process was stopped and can be resumed. */
const sessionStatusSchema = z.enum(['idle', 'active', 'suspended']);

const earlierSchema = z.object({
  claudeSessionId: z.uuid(),
  lastRow: z.string().optional(),
  leftAt: z.iso.datetime(),
});
/** A conversation that was left, and can be brought back. */
export type EarlierConversation = z.infer<typeof earlierSchema>;

/** The file as it must be: one that is not is set aside. */
export const metadataSchema = z.object({
  version: z.literal(1),
  name: nameSchema,
  persona: nameSchema,
  status: sessionStatusSchema,
  /** Names the conversation for Claude: `claude --resume <id>`. */
  claudeSessionId: z.uuid(),
  /** Of the Claude process, while the session is active. */
  pid: z.number().int().nullable(),
  /** The job that created it. */
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime(),
  /** Where the session was last spoken to: what Claude says unasked goes there. */
  lastPlace: placeSchema.nullable(),
  /** What Claude is at although it has no message: a background task, or a turn of its own because one has ended. */
  background: z.enum(['none', 'task', 'turn']),
  turns: z.number().int(),
  costUsd: z.number(),
  /** Where Claude works, if not in the session's own workspace. Absolute. */
  directory: z.string().optional(),
  /** Put away: not listed, and nothing of it runs. */
  archived: z.boolean(),
  /** The last row that the conversation's transcript had when a turn was noted: without it, its history is gone. Absent: nothing was said. */
  lastRow: z.string().optional(),
  /** How often in a row the API refused the conversation itself since a turn was answered, and for which job last. */
  refused: z.object({ times: z.number().int(), jobId: z.string() }).optional(),
  /** The message of the last turn that was kept when somebody went back. */
  rewoundTo: z.string().optional(),
  /** Conversations that were left by going back or beginning anew; the last one at the end. */
  earlier: earlierSchema.array().optional(),
  /** The job that gave it its name last: the same job done again has nothing left to do. */
  renamedBy: z.string().optional(),
});
/** What a session's metadata.json holds. Written by the holder of the session's lease alone. */
export type Metadata = z.infer<typeof metadataSchema>;

/** The metadata of a session that was just made. */
export function newMetadata(made: {
  name: string;
  persona: string;
  claudeSessionId: string;
  createdBy: string;
  lastPlace: Place | null;
  directory?: string | undefined;
  lastRow?: string | undefined;
  now: Date;
}): Metadata {
  const { now, ...rest } = made;
  const at = now.toISOString();
  return {
    version: 1,
    status: 'idle',
    pid: null,
    createdAt: at,
    lastUsedAt: at,
    background: 'none',
    turns: 0,
    costUsd: 0,
    archived: false,
    ...rest,
  };
}

/** How many conversations that were left are kept in mind. */
const MOST_EARLIER = 10;

/** The earlier conversations once the present one is left as well; `back`: without the one that is brought back. Pure. */
export function withLeft(
  { claudeSessionId, lastRow, earlier = [] }: Metadata,
  now: Date,
  back?: string,
): EarlierConversation[] {
  const others = earlier.filter((each) => each.claudeSessionId !== claudeSessionId && each.claudeSessionId !== back);
  return [...others, { claudeSessionId, lastRow, leftAt: now.toISOString() }].slice(-MOST_EARLIER);
}
