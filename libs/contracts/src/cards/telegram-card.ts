import { z } from 'zod';

/** Why a bot takes no messages: another program polls with its token, Telegram does not know the token, or does not answer. */
const telegramTrouble = z.enum(['conflict', 'token', 'silent']);
export type TelegramTrouble = z.infer<typeof telegramTrouble>;

/** How the bot that polls, or that tries to, gets on with Telegram. */
export const telegramCard = z.object({
  trouble: telegramTrouble.optional(),
  /** Since when, in ms since the epoch. */
  since: z.number(),
});
export type TelegramCard = z.infer<typeof telegramCard>;
