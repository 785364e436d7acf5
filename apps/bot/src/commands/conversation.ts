import { inTurn } from './ask-session.ts';
import { activeSession, type Command, usage } from './command.ts';
import { claimFrom } from './find-session.ts';

/** The commands that change the place's conversation, in the order in which they and the messages around them were sent. */
export const clearCommand: Command = {
  name: 'clear',
  usage: '/clear',
  description: 'Begin a new conversation in this session',
  async decide({ args }, origin, around) {
    if (args.length > 0) return usage(clearCommand);
    const active = await activeSession(origin, around);
    return 'say' in active ? active : inTurn(active.card, origin, { kind: 'clear' });
  },
};

export const compactCommand: Command = {
  name: 'compact',
  usage: '/compact',
  description: 'Replace the conversation so far by a summary',
  async decide({ args }, origin, around) {
    if (args.length > 0) return usage(compactCommand);
    const active = await activeSession(origin, around);
    return 'say' in active ? active : inTurn(active.card, origin, { kind: 'compact' });
  },
};

export const forkCommand: Command = {
  name: 'fork',
  usage: '/fork <new name>',
  example: '/fork web-2',
  description: 'Go on with a copy of this conversation in a new session',
  async decide({ args: [typed, ...more] }, origin, around) {
    if (typed === undefined || more.length > 0) return usage(forkCommand);
    const active = await activeSession(origin, around);
    if ('say' in active) return active;
    const claimed = await claimFrom(typed, active.card, around);
    if (!('name' in claimed)) return claimed;
    return { ...inTurn(active.card, origin, { kind: 'fork', to: claimed.name }), activate: claimed.name };
  },
};
