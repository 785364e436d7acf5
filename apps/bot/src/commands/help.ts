import type { IntegrationCard } from '@signalbox/contracts';
import type { Command } from '../deciding/command.ts';

/** Commands that belong together, under a title. */
export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly Command[];
}

/** The titles under which the commands are listed. The homelab's stand with those of the house. */
export const TITLES = { talk: '💬 Talk', session: '🗂 Session', house: '🏠 House', settings: '⚙️ Settings' } as const;

/** The commands that speak of the others. `all`: the groups of all, these included. */
export function createHelpCommands(all: () => readonly CommandGroup[]): Command[] {
  const help: Command = {
    name: 'help',
    usage: '/help',
    description: 'What I can do',
    needs: () => ({ house: true }),
    decide: (_typed, _origin, { house }) => ({ say: helpText(all(), house.modelIsSimulated, house.integrations) }),
  };
  const start: Command = {
    name: 'start',
    usage: '/start',
    description: 'Say hello',
    needs: () => ({ house: true }),
    decide: (_typed, _origin, { house }) => ({ say: startText(house.modelIsSimulated) }),
  };
  return [help, start];
}

/** The text of `/help`: a line for each command, under the title of its group. */
export function helpText(
  groups: readonly CommandGroup[],
  modelIsSimulated: boolean,
  integrations: readonly IntegrationCard[] = [],
): string {
  return [
    'Anything else you write goes to Claude, in the session that is active here.',
    ...groups.flatMap(({ title, commands }) => [
      '',
      title,
      ...commands.map(lineOf),
      ...(title === TITLES.house ? houseLines(integrations) : []),
    ]),
    ...(modelIsSimulated ? ['', SIMULATED] : []),
  ].join('\n');
}

function houseLines(integrations: readonly IntegrationCard[]): string[] {
  const rest = integrations.filter(({ configured }) => !configured).map(({ name }) => `/${name}`);
  return [
    ...integrations.filter(({ configured }) => configured).map(lineOf),
    ...(rest.length > 0 ? [`Not configured: ${rest.join(' ')}`] : []),
  ];
}

function lineOf({ usage, description }: Pick<Command, 'usage' | 'description'>): string {
  return `${usage} – ${description}`;
}

/** The text of `/start`. */
export function startText(modelIsSimulated: boolean): string {
  const lines = [
    'This is Signalbox: Claude Code on your own machines.',
    '',
    'Send /new <name> to start a session, then just write. /help shows the rest.',
  ];
  return [...lines, ...(modelIsSimulated ? ['', SIMULATED] : [])].join('\n');
}

const SIMULATED = 'Note: the model is simulated, because no login and no API key is set. The answers are not Claude’s.';
