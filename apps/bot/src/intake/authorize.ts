import type { Sender } from './reading/incoming.ts';

/** Who may use the bot, by numeric ids alone: names can be changed by their owners. */
export interface Allowlist {
  readonly users: readonly number[];
  /** Groups in which allowed users may use it. */
  readonly chats: readonly number[];
}

/** Telegram's own accounts, each of which stands for many: anonymous administrators, whoever writes as a channel, automatic forwards. */
export const STAND_INS = [1087968824, 136817688, 777000] as const;

/** Whether the sender may cause any effect at all. In a private chat the chat is the user. */
export function isAllowed(sender: Sender | undefined, { users, chats }: Allowlist): sender is Sender {
  if (!sender || !users.includes(sender.userId) || STAND_INS.some((id) => id === sender.userId)) return false;
  return sender.isPrivate ? sender.chatId === sender.userId : chats.includes(sender.chatId);
}
