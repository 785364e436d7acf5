import { REWIND_TO } from '@signalbox/contracts';
import { activeSession } from '../deciding/address-session.ts';
import { askControl, inTurn } from '../deciding/ask-session.ts';
import { type Command, usage, usageOfName } from '../deciding/command.ts';
import { claimFrom, findSession, namedSession } from '../deciding/find-session.ts';

/** A command that changes the place's conversation, in the order in which it and the messages around it were sent. */
function conversationCommand(kind: 'clear' | 'compact', description: string): Command {
  const command = { name: kind, usage: `/${kind}`, description };
  return {
    ...command,
    decide({ args }, origin, { sessions }) {
      if (args.length > 0) return usage(command);
      const active = activeSession(sessions);
      return 'say' in active ? active : inTurn(active.card, origin, { kind });
    },
  };
}

export const clearCommand = conversationCommand('clear', 'Begin a new conversation in this session');
export const compactCommand = conversationCommand('compact', 'Replace the conversation so far by a summary');

export const rewindCommand: Command = {
  name: 'rewind',
  usage: '/rewind [good]',
  example: '/rewind good',
  description: 'Go back to before a message, or to the last good turn',
  needs: ({ args: [, named] }) => namedSession(named),
  decide({ args: [backTo, named, ...more] }, origin, snapshot) {
    if (more.length > 0 || (backTo !== undefined && !REWIND_TO.test(backTo))) return usage(rewindCommand);
    if (backTo === undefined) return askControl(origin, snapshot, { kind: 'turns' });
    // A button names the session that its message is about, whatever the place talks to by now.
    const found = findSession(named, snapshot);
    return 'card' in found ? inTurn(found.card, origin, { kind: 'rewind', backTo }) : found;
  },
};

export const forkCommand: Command = {
  name: 'fork',
  usage: '/fork <new name>',
  example: '/fork web-2',
  description: 'Go on with a copy of this conversation in a new session',
  decide({ args }, origin, snapshot) {
    const [typed, ...more] = args;
    if (typed === undefined || more.length > 0) return usageOfName(forkCommand, args);
    const active = activeSession(snapshot.sessions);
    if ('say' in active) return active;
    const then = (to: string) => inTurn(active.card, origin, { kind: 'fork', to });
    return claimFrom(typed, active.card, snapshot, { renames: false, then });
  },
};
