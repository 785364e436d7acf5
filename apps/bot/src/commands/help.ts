import type { IntegrationCard } from '@signalbox/contracts';
import type { Command } from '../deciding/command.ts';

/** The commands that speak of the others. */
export function createHelpCommands(others: readonly Command[]): Command[] {
  const help: Command = {
    name: 'help',
    usage: '/help',
    description: 'What I can do',
    needs: () => ({ house: true }),
    decide: (_typed, _origin, { house }) => ({ say: helpText(all, house.modelIsSimulated, house.integrations) }),
  };
  const start: Command = {
    name: 'start',
    usage: '/start',
    description: 'Say hello',
    needs: () => ({ house: true }),
    decide: (_typed, _origin, { house }) => ({ say: startText(house.modelIsSimulated) }),
  };
  const all = [...others, help, start];
  return [help, start];
}

/** The text of `/help`. */
export function helpText(
  commands: readonly Command[],
  modelIsSimulated: boolean,
  integrations: readonly IntegrationCard[] = [],
): string {
  const lines = commands.map(({ usage, description }) => `${usage} – ${description}`);
  return [
    'Anything else you write goes to Claude, in the session that is active here.',
    '',
    ...lines,
    ...houseLines(integrations),
    ...(modelIsSimulated ? ['', SIMULATED] : []),
  ].join('\n');
}

function houseLines(integrations: readonly IntegrationCard[]): string[] {
  const ready = integrations.filter(({ configured }) => configured);
  const rest = integrations.filter(({ configured }) => !configured).map(({ name }) => `/${name}`);
  return [
    ...(ready.length > 0 ? ['', 'The house:'] : []),
    ...ready.map(({ usage, description }) => `${usage} – ${description}`),
    ...(rest.length > 0 ? ['', `Not configured: ${rest.join(' ')}`] : []),
  ];
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
