import { chatQueue, type Origin, parseName, SINCE, sessionQueue } from '@signalbox/contracts';
import type { Decision, Surroundings } from '../decision.ts';
import { words } from '../words.ts';
import { type Command, usage } from './command.ts';

export const sessionCommand: Command = {
  name: 'session',
  usage: '/session <name>',
  description: 'Switch to a session; without a name: list them',
  decide: ({ args }, origin, around) => decideSession(args, origin, around),
};

export const sessionsCommand: Command = {
  name: 'sessions',
  usage: '/sessions',
  description: 'List the sessions',
  decide: ({ args }, origin, around) => (args.length > 0 ? usage(sessionsCommand) : listSessions(origin, around)),
};

async function decideSession(args: readonly string[], origin: Origin, around: Surroundings): Promise<Decision> {
  const [typed] = args;
  if (typed === undefined) return listSessions(origin, around);
  if (args.length > 1) return usage(sessionCommand);
  const name = parseName(typed);
  if (name === undefined) return { say: words.badName(typed) };
  const card = await around.session(name);
  if (!card) return { say: words.noSuchSession(name) };
  const job = { version: SINCE.warm, kind: 'warm', session: name, origin } as const;
  return { activate: name, say: words.switched(name), enqueue: { queue: sessionQueue(name, card.pool), job } };
}

function listSessions(origin: Origin, around: Surroundings): Decision {
  const job = { version: SINCE.sessions, kind: 'sessions', origin } as const;
  return { enqueue: { queue: chatQueue(origin.place.chatId, around.pool), job } };
}
