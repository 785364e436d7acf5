import type { BotCommand, Chat } from '../protocol/api-types.ts';

/** The commands a person is offered in a chat: of the narrowest scope that has any. */
export function commandsFor(commands: ReadonlyMap<string, BotCommand[]>, chat: Chat, userId: number): BotCommand[] {
  const wide = chat.type === 'private' ? 'all_private_chats' : 'all_group_chats';
  const scopes = [`chat_member ${chat.id} ${userId}`, `chat ${chat.id}`, wide, 'default'];
  return scopes.map((scope) => commands.get(scope)).find((found) => found !== undefined) ?? [];
}
