import { parseName } from '@signalbox/contracts';
import { askControl } from '../deciding/ask-session.ts';
import { activeSession, type Command, usage } from '../deciding/command.ts';
import { words } from '../wording/words.ts';

export const personaCommand: Command = {
  name: 'persona',
  usage: '/persona [name]',
  example: '/persona planner',
  description: 'Show this session’s persona, or switch to another',
  async decide({ args: [typed, ...more] }, origin, around) {
    if (more.length > 0) return usage(personaCommand);
    const active = await activeSession(origin, around);
    if ('say' in active) return active;
    if (typed === undefined) return askControl(origin, around, { kind: 'persona' });
    const persona = parseName(typed);
    const known = await around.personas(active.card.pool);
    if (persona === undefined || (known && !known.some(({ name }) => name === persona))) {
      return { say: words.unknownPersona(typed, known ?? []) };
    }
    return askControl(origin, around, { kind: 'persona', persona });
  },
};

export const personasCommand: Command = {
  name: 'personas',
  usage: '/personas',
  description: 'List the personas',
  async decide({ args }, origin, around) {
    if (args.length > 0) return usage(personasCommand);
    const name = await around.activeSession(origin.place);
    const pool = (name === undefined ? undefined : await around.session(name))?.pool ?? around.pool;
    const known = await around.personas(pool);
    return { say: known ? words.personas(known) : words.noWorker(pool) };
  },
};
