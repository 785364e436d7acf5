import { type Allowlist, STAND_INS } from './authorize.ts';
import type { Sender } from './reading/incoming.ts';

/** What each account that stands for others means, and what to do. */
const CAUSES: Readonly<Record<(typeof STAND_INS)[number], string>> = {
  1087968824:
    'an administrator who stays anonymous wrote there, and Telegram does not tell who. Turn off “Remain anonymous” in the rights of that administrator',
  136817688: 'somebody wrote there in the name of a channel or a group. They have to write as themselves',
  777000:
    'a post of the linked channel was forwarded there by Telegram itself, and is nobody’s message. Nothing can be set: forward it yourself if Claude is to read it',
};

/** Why an update is refused, and what would have to be set if it is to be taken. For the log: it holds ids alone. */
export function whyRefused(sender: Sender | undefined, { users, chats }: Allowlist): string {
  if (!sender)
    return 'Refused: not on the allowlist (nobody is named: a channel, or a kind of update that is not used)';
  const { userId, chatId, isPrivate } = sender;
  const standIn = STAND_INS.find((id) => id === userId);
  if (standIn !== undefined) return `Refused: not on the allowlist. In ${chatId} ${CAUSES[standIn]}.`;
  const isGroupMissing = !isPrivate && !chats.includes(chatId);
  const missing = [
    ...(users.includes(userId) ? [] : [`${userId} to TELEGRAM_ALLOWED_USERS`]),
    ...(isGroupMissing ? [`${chatId} to TELEGRAM_ALLOWED_CHATS`] : []),
  ];
  return `Refused: not on the allowlist. If this is to be allowed, add ${missing.join(' and ')}.`;
}
