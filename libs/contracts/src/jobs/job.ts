import { z } from 'zod';
import { nameSchema } from '../base/names.ts';
import { originSchema } from '../base/place.ts';
import { type Read, readableVersion, readVersioned } from '../base/version.ts';
import { INTEGRATION_NAME } from '../cards/integration-card.ts';
import { earlierFileSchema, fileRefSchema } from '../files/file.ts';

/** Where one can go back to: a word, or the beginning of an id. */
export const REWIND_TO = /^(good|[0-9a-f-]{8,36})$/;

const version = readableVersion;
const session = nameSchema;

const repliedSchema = z.object({
  /** In the same chat; absent for one of another. */
  messageId: z.number().int().optional(),
  /** Markdown; of a long one the middle is left out. */
  text: z.string().min(1).optional(),
  /** The text is the part of it that the sender chose. */
  isPart: z.boolean().optional(),
  /** Who wrote it, and where, if that was not here. */
  from: z.string().optional(),
  files: earlierFileSchema.array().min(1).optional(),
  /** What of it could not be had, in words. */
  missing: z.string().optional(),
});

const written = {
  origin: originSchema,
  /** Markdown. Empty only if there are files. */
  text: z.string(),
  /** Who wrote the text, if the sender only forwarded it; it is marked as quoted for Claude. */
  forwardedFrom: z.string().optional(),
  /** What the sender replied to. */
  replied: repliedSchema.optional(),
  /** What others said in the group before it, and not to Claude. */
  talk: z
    .object({ by: z.string(), text: z.string().min(1) })
    .array()
    .min(1)
    .optional(),
  /** What came with it. */
  files: fileRefSchema.array().min(1).optional(),
  /** Names the album that it is part of. */
  album: z.string().optional(),
};
const isNotEmpty = ({ text, files }: { text: string; files?: unknown }) => text !== '' || files !== undefined;
const ofText = { path: ['text'] };

/** What a person wrote, before it is a job of a session. */
export const writtenSchema = z.object(written).refine(isNotEmpty, ofText);
/** See `writtenSchema`. */
export type Written = z.infer<typeof writtenSchema>;

const messageJobSchema = z
  .object({
    version,
    kind: z.literal('message'),
    session,
    ...written,
    /** What was sent with it, in order: all of it is one turn. */
    more: writtenSchema.array().optional(),
  })
  .refine(isNotEmpty, ofText);

const newJobSchema = z.object({
  version,
  kind: z.literal('new'),
  session,
  persona: session,
  /** Whether the persona was named by the sender: the answer then names it too. */
  personaNamed: z.boolean(),
  /** Where Claude is to work, as the sender wrote it. Absent: in the session's own workspace. */
  directory: z.string().min(1).max(1_000).optional(),
  origin: originSchema,
});

const warmJobSchema = z.object({ version, kind: z.literal('warm'), session, origin: originSchema });

const about = { version, session, origin: originSchema };
/** Begins a new conversation in the same session. */
const clearJobSchema = z.object({ ...about, kind: z.literal('clear') });
/** Has Claude replace the conversation so far by a summary. */
const compactJobSchema = z.object({ ...about, kind: z.literal('compact') });
const rewindJobSchema = z.object({
  ...about,
  kind: z.literal('rewind'),
  backTo: z.string().regex(REWIND_TO),
  tries: z.string().array().optional(),
});
const forkJobSchema = z.object({ ...about, kind: z.literal('fork'), to: session });

const renameJobSchema = z.object({ ...about, kind: z.literal('rename'), to: session });
/** Puts the session away: it is not listed, and nothing of it runs. */
const archiveJobSchema = z.object({ ...about, kind: z.literal('archive') });
const restoreJobSchema = z.object({ ...about, kind: z.literal('restore') });
const deleteJobSchema = z.object({ ...about, kind: z.literal('delete'), claimedBy: z.string() });

const sessionsJobSchema = z.object({
  version,
  kind: z.literal('sessions'),
  origin: originSchema,
  /** Whether the archived ones are listed too. */
  all: z.boolean().optional(),
});

/** Most words behind a command of the homelab: whoever asks for more is told how it is used. */
export const MOST_WORDS = 8;
/** The longest of them, in UTF-16 units. */
export const LONGEST_WORD = 64;

const homelabJobSchema = z.object({
  version,
  kind: z.literal('homelab'),
  name: z.string().regex(INTEGRATION_NAME),
  /** The words behind the command. */
  args: z.string().min(1).max(LONGEST_WORD).array().max(MOST_WORDS),
  origin: originSchema,
});
/** Asks how the house and Signalbox are. */
const statusJobSchema = z.object({ version, kind: z.literal('status'), origin: originSchema });

const sessionJobSchema = z.discriminatedUnion('kind', [
  messageJobSchema,
  newJobSchema,
  warmJobSchema,
  clearJobSchema,
  compactJobSchema,
  rewindJobSchema,
  forkJobSchema,
  renameJobSchema,
  archiveJobSchema,
  restoreJobSchema,
  deleteJobSchema,
]);

const chatJobSchema = z.discriminatedUnion('kind', [sessionsJobSchema, homelabJobSchema, statusJobSchema]);

/** A message that was replied to, as far as it is known. */
export type Replied = z.infer<typeof repliedSchema>;
/** A message for Claude. */
export type MessageJob = z.infer<typeof messageJobSchema>;
/** Makes the session's directory, answers in the chat and starts Claude ahead of the first message. */
export type NewJob = z.infer<typeof newJobSchema>;
/** Starts the session's Claude ahead of the next message. */
export type WarmJob = z.infer<typeof warmJobSchema>;
/**
 * Goes back in the conversation. `backTo`: `good` is behind the last turn that was answered; else the beginning of the id of a message, before which
 * it goes back, or of an earlier conversation, which is brought back. `tries`: the ids that the message had each time it was tried; it goes back to
 * before the first of them that is there.
 */
export type RewindJob = z.infer<typeof rewindJobSchema>;
/** Makes the session `to`, which goes on from a copy of this conversation. Its name was claimed before. */
export type ForkJob = z.infer<typeof forkJobSchema>;
/** Gives the session the name `to`, which was claimed before. */
export type RenameJob = z.infer<typeof renameJobSchema>;
/** Removes the session for good: the one whose name was claimed by this job, and no later one of that name. */
export type DeleteJob = z.infer<typeof deleteJobSchema>;
/** Lists the sessions. */
export type SessionsJob = z.infer<typeof sessionsJobSchema>;
/** Asks one integration. */
export type HomelabJob = z.infer<typeof homelabJobSchema>;
/** An entry of a session's queue. */
export type SessionJob = z.infer<typeof sessionJobSchema>;
/** An entry of a chat's queue. */
export type ChatJob = z.infer<typeof chatJobSchema>;

/** Reads an entry of a session's queue. */
export function readSessionJob(data: unknown): Read<SessionJob> {
  return readVersioned(sessionJobSchema, data);
}

/** Reads an entry of a chat's queue. */
export function readChatJob(data: unknown): Read<ChatJob> {
  return readVersioned(chatJobSchema, data);
}
