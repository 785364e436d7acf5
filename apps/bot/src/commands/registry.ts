import { distance } from 'fastest-levenshtein';
import type { Command } from '../deciding/command.ts';
import { clearCommand, compactCommand, forkCommand } from './conversation.ts';
import { createHelpCommands } from './help.ts';
import { incidentCommand } from './incident.ts';
import { keptCommand } from './kept.ts';
import { archiveCommand, deleteCommand, renameCommand, restoreCommand } from './lifecycle.ts';
import { newCommand } from './new.ts';
import { personaCommand, personasCommand } from './personas.ts';
import { queueCommand } from './queue.ts';
import { reportCommands } from './reports.ts';
import { sessionCommand, sessionsCommand } from './sessions.ts';
import { settingCommands } from './settings.ts';
import { statusCommand } from './status.ts';
import { stopCommand } from './stop.ts';

const own: readonly Command[] = [
  newCommand,
  sessionCommand,
  sessionsCommand,
  stopCommand,
  queueCommand,
  clearCommand,
  compactCommand,
  forkCommand,
  personaCommand,
  personasCommand,
  ...settingCommands,
  ...reportCommands,
  renameCommand,
  archiveCommand,
  restoreCommand,
  deleteCommand,
  statusCommand,
];

/** All commands of the chat, in the order of `/help` and of Telegram's menu. */
export const commands: readonly Command[] = [...own, ...createHelpCommands(own)];

const byName = new Map([...commands, incidentCommand, keptCommand].map((command) => [command.name, command]));

/** A command by its name, also one that no list has; `undefined` if it is none of the chat's own. */
export function findCommand(name: string): Command | undefined {
  return byName.get(name);
}

/** The name of the command that a mistyped one most likely meant, ours or one of `others`; `undefined` if none is near. */
export function nearestCommand(typed: string, others: readonly string[] = []): string | undefined {
  const names = [...commands.map(({ name }) => name), ...others];
  const near = names.map((name) => ({ name, away: distance(typed, name) })).sort((a, b) => a.away - b.away);
  const [best] = near;
  return best && best.away <= Math.max(2, Math.floor(best.name.length / 2)) ? best.name : undefined;
}
