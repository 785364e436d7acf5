import { chatQueue, type Origin, SINCE, sessionQueue } from '@signalbox/contracts';
import { askControl } from '../deciding/ask-session.ts';
import { type Command, usage, usageOfName } from '../deciding/command.ts';
import type { Decision } from '../deciding/decision.ts';
import { findSession, namedSession } from '../deciding/find-session.ts';
import type { Snapshot } from '../deciding/snapshot.ts';
import { offerToPassOn } from '../keeping/keep-message.ts';
import { words } from '../wording/words.ts';

export const sessionCommand: Command = {
  name: 'session',
  usage: '/session [name]',
  example: '/session web',
  description: 'Switch to a session; without a name: show this one',
  needs: ({ args: [typed] }) => ({ ...namedSession(typed), kept: true }),
  decide: ({ args }, origin, snapshot) => decideSession(args, origin, snapshot),
};

export const sessionsCommand: Command = {
  name: 'sessions',
  usage: '/sessions [all]',
  example: '/sessions all',
  description: 'List the sessions, and switch with a button',
  decide({ args: [typed, ...more] }, origin, snapshot) {
    if (more.length > 0 || (typed !== undefined && typed.toLowerCase() !== 'all')) return usage(sessionsCommand);
    return listSessions(origin, snapshot, typed !== undefined);
  },
};

function decideSession(args: readonly string[], origin: Origin, snapshot: Snapshot): Decision {
  if (args.length > 1) return usageOfName(sessionCommand, args);
  if (args.length === 0) return askControl(origin, snapshot, { kind: 'about' });
  const found = findSession(args[0], snapshot);
  if (!('card' in found)) return found;
  const { name, pool, archived } = found.card;
  if (archived) return { say: words.archived(name) };
  const job = { version: SINCE.warm, kind: 'warm', session: name, origin } as const;
  return {
    activate: name,
    say: words.switched(name),
    enqueue: { queue: sessionQueue(name, pool), job },
    ...offerToPassOn(snapshot.kept, name),
  };
}

function listSessions(origin: Origin, { bot }: Snapshot, all: boolean): Decision {
  const job = { version: SINCE.sessions, kind: 'sessions', origin, ...(all ? { all } : {}) } as const;
  return { enqueue: { queue: chatQueue(origin.place.chatId, bot.pool), job } };
}
