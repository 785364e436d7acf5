import { distance } from 'fastest-levenshtein';

/** A command of the chat: what `/help`, the command menu and the usage lines are made from. */
export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly description: string;
}

export const commands = [
  {
    name: 'new',
    usage: '/new <name> [persona]',
    description: 'Start a session and switch to it (in another pool with @pool at the end)',
  },
  { name: 'session', usage: '/session <name>', description: 'Switch to a session; without a name: list them' },
  { name: 'sessions', usage: '/sessions', description: 'List the sessions' },
  { name: 'help', usage: '/help', description: 'What I can do' },
  { name: 'start', usage: '/start', description: 'Say hello' },
] as const satisfies readonly Command[];
export type CommandName = (typeof commands)[number]['name'];

/** A command as it was typed. `to`: the bot it names, as in `/help@some_bot`. */
export interface TypedCommand {
  readonly name: string;
  readonly to: string | undefined;
  readonly args: readonly string[];
}

/** Reads a command; `undefined` for plain text, to which paths such as `/etc/hosts` belong. */
export function parseCommand(text: string): TypedCommand | undefined {
  const match = /^\/([a-z][a-z0-9_]{0,31})(?:@(\w+))?(?:\s+([\s\S]*))?$/i.exec(text.trim());
  if (!match) return undefined;
  const [, name = '', to, rest = ''] = match;
  return { name: name.toLowerCase(), to, args: rest.split(/\s+/).filter(Boolean) };
}

export function isCommandName(name: string): name is CommandName {
  return commands.some((command) => command.name === name);
}

/** The command that a mistyped one most likely meant; `undefined` if none is near. */
export function nearestCommand(typed: string): CommandName | undefined {
  const near = commands.map(({ name }) => ({ name, away: distance(typed, name) })).sort((a, b) => a.away - b.away);
  const [best] = near;
  return best && best.away <= Math.max(2, Math.floor(best.name.length / 2)) ? best.name : undefined;
}

/** The text of `/help`. */
export function helpText(modelIsSimulated: boolean): string {
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

const SIMULATED = 'Note: the model is simulated, because no login and no API key is set. The answers are not Claude’s.';
