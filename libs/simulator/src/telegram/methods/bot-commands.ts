import type { Method } from '../calls/method.ts';
import type { BotCommand } from '../protocol/api-types.ts';
import { badRequest } from '../protocol/errors.ts';
import type { Params } from '../protocol/params.ts';

const MAX_COMMANDS = 100;

/** Refuses a list that the real server refuses whole: one wrong command and none is set. */
export const setMyCommands: Method = (cloud, { params }) => {
  const given = params.json('commands');
  if (!Array.isArray(given)) throw badRequest("can't parse commands: Array of BotCommand expected");
  if (given.length > MAX_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  cloud.commands.set(scopeKey(params), given.map(readCommand));
  cloud.tell({ kind: 'commands' });
  return true;
};

/** Only what was set for this very scope. */
export const getMyCommands: Method = (cloud, { params }) => cloud.commands.get(scopeKey(params)) ?? [];

/** Lets the wider scope's commands show through. */
export const deleteMyCommands: Method = (cloud, { params }) => {
  cloud.commands.delete(scopeKey(params));
  cloud.tell({ kind: 'commands' });
  return true;
};

function readCommand(value: unknown): BotCommand {
  const { command, description } = (value ?? {}) as Record<string, unknown>;
  if (typeof command !== 'string' || !/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  if (typeof description !== 'string' || description.trim() === '' || description.length > 256) {
    throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  }
  return { command, description };
}

/** Names a scope: `default`, `all_private_chats`, `chat 1001`, `chat_member -100… 1001`. Languages are not told apart. */
function scopeKey(params: Params): string {
  const scope = (params.json('scope') ?? {}) as { type?: unknown; chat_id?: unknown; user_id?: unknown };
  return [scope.type ?? 'default', scope.chat_id, scope.user_id].filter((part) => part !== undefined).join(' ');
}
