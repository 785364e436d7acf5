import type { Surroundings } from '../decision.ts';
import type { Command } from './command.ts';

/** The commands that speak of the others. */
export function createHelpCommands(others: readonly Command[]): Command[] {
  const help: Command = {
    name: 'help',
    usage: '/help',
    description: 'What I can do',
    decide: async (_typed, _origin, around) => ({ say: helpText(all, await isSimulated(around)) }),
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
export function helpText(commands: readonly Command[], modelIsSimulated: boolean): string {
  const lines = commands.map(({ usage, description }) => `${usage} – ${description}`);
  return [
    'Anything else you write goes to Claude, in the session that is active here.',
    '',
    ...lines,
    ...(modelIsSimulated ? ['', SIMULATED] : []),
  ].join('\n');
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
