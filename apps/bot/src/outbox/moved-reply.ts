import type { Reply } from '@signalbox/contracts';
import { TelegramFailure } from '../telegram/telegram-api.ts';

/**
 * A reply to a group as it is for the supergroup that the group has become: what it says of messages was about those of the group, which
 * are not there. `undefined`: then nothing is left of it. Pure.
 */
export function forMovedGroup(reply: Reply, chatId: number): Reply | undefined {
  const place = { chatId };
  if (reply.kind === 'reaction' || reply.kind === 'refreshed') return undefined;
  const { replyTo: _, ...rest } = { ...reply, place };
  if (rest.kind !== 'settled') return rest as Reply;
  const { messageId: __, ...settled } = rest;
  return settled;
}

/** The id that a group has since, if that is why Telegram refused a call. */
export function movedTo(error: unknown): number | undefined {
  return error instanceof TelegramFailure ? error.movedTo : undefined;
}
