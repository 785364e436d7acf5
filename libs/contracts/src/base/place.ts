import { z } from 'zod';

/** Where people talk to the bot: a Telegram chat, and the forum topic in it if there is one. */
export const placeSchema = z.object({ chatId: z.number().int(), threadId: z.number().int().optional() });
/** The same for everybody who writes there: a place has one active session. */
export type Place = z.infer<typeof placeSchema>;

/** One word for a place, for keys and logs. */
export function placeKey(place: Place): string {
  return `${place.chatId}:${place.threadId ?? 0}`;
}

/** The Telegram message that a job comes from. */
export const originSchema = z.object({
  place: placeSchema,
  messageId: z.number().int(),
  userId: z.number().int(),
  userName: z.string(),
  /** When Telegram took the message, in ms since the epoch. */
  sentAt: z.number().int(),
});
/** What is answered goes there, whatever becomes of the session meanwhile. */
export type Origin = z.infer<typeof originSchema>;
