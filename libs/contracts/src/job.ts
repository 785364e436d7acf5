import { z } from 'zod';
import { NAME_PATTERN } from './names.ts';
import { originSchema } from './place.ts';
import { type Read, readableVersion, readVersioned } from './version.ts';

const version = readableVersion;
const session = z.string().regex(NAME_PATTERN);

const written = {
  origin: originSchema,
  text: z.string().min(1),
  /** Who wrote the text, if the sender only forwarded it; it is marked as quoted for Claude. */
  forwardedFrom: z.string().optional(),
  /** What the sender replied to, as an excerpt. */
  quote: z.string().optional(),
  /** Names the album that it is part of. */
  album: z.string().optional(),
};

/** A message for Claude. */
export const messageJobSchema = z.object({
  version,
  kind: z.literal('message'),
  session,
  ...written,
  /** What was sent with it, in order: all of it is one turn. */
  more: z.object(written).array().optional(),
});
export type MessageJob = z.infer<typeof messageJobSchema>;

/** Makes the session's directory, answers in the chat and starts Claude ahead of the first message. */
const newJobSchema = z.object({
  version,
  kind: z.literal('new'),
  session,
  persona: session,
  /** Whether the persona was named by the sender: the answer then names it too. */
  personaNamed: z.boolean(),
  origin: originSchema,
});
/** Starts the session's Claude ahead of the next message. */
const warmJobSchema = z.object({ version, kind: z.literal('warm'), session, origin: originSchema });
/** Lists the sessions. */
const sessionsJobSchema = z.object({ version, kind: z.literal('sessions'), origin: originSchema });

export const sessionJobSchema = z.discriminatedUnion('kind', [messageJobSchema, newJobSchema, warmJobSchema]);
/** An entry of a session's queue. */
export type SessionJob = z.infer<typeof sessionJobSchema>;
export type NewJob = z.infer<typeof newJobSchema>;
export type WarmJob = z.infer<typeof warmJobSchema>;

export const chatJobSchema = z.discriminatedUnion('kind', [sessionsJobSchema]);
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
