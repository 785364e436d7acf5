import type { IntegrationCard } from '@signalbox/contracts';
import type { Command } from '../deciding/command.ts';
import type { Surroundings } from '../deciding/decision.ts';

/** The commands that speak of the others. */
export function createHelpCommands(others: readonly Command[]): Command[] {
  const help: Command = {
    name: 'help',
    usage: '/help',
    description: 'What I can do',
    async decide(_typed, _origin, around) {
      const integrations = await around.integrations(around.pool);
      return { say: helpText(all, await isSimulated(around), integrations) };
    },
  };
  const start: Command = {
    name: 'start',
    usage: '/start',
    description: 'Say hello',
    decide: async (_typed, _origin, around) => ({ say: startText(await isSimulated(around)) }),
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

async function isSimulated(around: Surroundings): Promise<boolean> {
  return (await around.workers()).some((worker) => worker.modelIsSimulated);
}

const SIMULATED = 'Note: the model is simulated, because no login and no API key is set. The answers are not Claude’s.';
