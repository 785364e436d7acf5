import { distance } from 'fastest-levenshtein';
import type { Command } from '../deciding/command.ts';
import { clearCommand, compactCommand, forkCommand, rewindCommand } from './conversation.ts';
import { type CommandGroup, createHelpCommands, TITLES } from './help.ts';
import { incidentCommand } from './incident.ts';
import { keptCommand } from './kept.ts';
import { archiveCommand, deleteCommand, renameCommand, restoreCommand } from './lifecycle.ts';
import { newCommand } from './new.ts';
import { personaCommand, personasCommand } from './personas.ts';
import { queueCommand } from './queue.ts';
import { deskCommand, exportCommand, logCommand, usageCommand } from './reports.ts';
import { sessionCommand, sessionsCommand } from './sessions.ts';
import { settingCommands } from './settings.ts';
import { statusCommand } from './status.ts';
import { stopCommand } from './stop.ts';

/** The commands by what they are about, in the order of `/help`. */
export const commandGroups: readonly CommandGroup[] = [
  {
    title: TITLES.talk,
    commands: [
      stopCommand,
      queueCommand,
      logCommand,
      clearCommand,
      compactCommand,
      rewindCommand,
      ...createHelpCommands(() => commandGroups),
    ],
  },
  {
    title: TITLES.session,
    commands: [
      newCommand,
      sessionCommand,
      sessionsCommand,
      renameCommand,
      forkCommand,
      archiveCommand,
      restoreCommand,
      deleteCommand,
      usageCommand,
      exportCommand,
      deskCommand,
    ],
  },
  { title: TITLES.house, commands: [statusCommand] },
  { title: TITLES.settings, commands: [personaCommand, personasCommand, ...settingCommands] },
];

/** All commands of the chat, in the order of `/help` and of Telegram's menu. */
export const commands: readonly Command[] = commandGroups.flatMap((group) => group.commands);

const byName = new Map([...commands, incidentCommand, keptCommand].map((command) => [command.name, command]));

/** A command by its name, also one that no list has; `undefined` if it is none of the chat's own. */
export function findCommand(name: string): Command | undefined {
  return byName.get(name);
}

/** At most so many letters of a mistyped command are wrong, of which the first is none. */
const MOST_SLIPS = 2;

/**
 * The name of the command that a mistyped one most likely meant, ours or one of `others`; `undefined` if none is near. At the head of a
 * sentence (`inSentence`) only what is all but right counts.
 */
export function nearestCommand(
  typed: string,
  others: readonly string[] = [],
  { inSentence = false } = {},
): string | undefined {
  const names = [...commands.map(({ name }) => name), ...others].filter((name) => name[0] === typed[0]);
  const near = names.map((name) => ({ name, away: distance(typed, name) })).sort((a, b) => a.away - b.away);
  return near.find(({ name, away }) => away <= (inSentence ? 1 : MOST_SLIPS) || (away === 2 && isSwapped(typed, name)))
    ?.name;
}

/** Whether two letters only changed places, which is one slip of the fingers. */
function isSwapped(typed: string, name: string): boolean {
  return [...typed].sort().join('') === [...name].sort().join('');
}
