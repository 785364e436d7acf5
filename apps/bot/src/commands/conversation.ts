import { inTurn } from '../deciding/ask-session.ts';
import { activeSession, type Command, usage } from '../deciding/command.ts';
import { claimFrom } from '../deciding/find-session.ts';

/** A command that changes the place's conversation, in the order in which it and the messages around it were sent. */
function conversationCommand(kind: 'clear' | 'compact', description: string): Command {
  const command = { name: kind, usage: `/${kind}`, description };
  return {
    ...command,
    async decide({ args }, origin, around) {
      if (args.length > 0) return usage(command);
      const active = await activeSession(origin, around);
      return 'say' in active ? active : inTurn(active.card, origin, { kind });
    },
  };
}

export const clearCommand = conversationCommand('clear', 'Begin a new conversation in this session');
export const compactCommand = conversationCommand('compact', 'Replace the conversation so far by a summary');

export const forkCommand: Command = {
  name: 'fork',
  usage: '/fork <new name>',
  example: '/fork web-2',
  description: 'Go on with a copy of this conversation in a new session',
  async decide({ args: [typed, ...more] }, origin, around) {
    if (typed === undefined || more.length > 0) return usage(forkCommand);
    const active = await activeSession(origin, around);
    if ('say' in active) return active;
    const claimed = await claimFrom(typed, active.card, around, { renames: false });
    if (!('name' in claimed)) return claimed;
    return { ...inTurn(active.card, origin, { kind: 'fork', to: claimed.name }), activate: claimed.name };
  },
};
