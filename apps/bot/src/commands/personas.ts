import { parseName } from '@signalbox/contracts';
import { activeSession } from '../deciding/address-session.ts';
import { askControl } from '../deciding/ask-session.ts';
import { type Command, usage } from '../deciding/command.ts';
import { words } from '../wording/words.ts';

export const personaCommand: Command = {
  name: 'persona',
  usage: '/persona [name]',
  example: '/persona planner',
  description: 'Show this session’s persona, or switch to another',
  needs: () => ({ personasOf: 'session' }),
  decide({ args: [typed, ...more] }, origin, snapshot) {
    if (more.length > 0) return usage(personaCommand);
    const active = activeSession(snapshot.sessions);
    if ('say' in active) return active;
    if (typed === undefined) return askControl(origin, snapshot, { kind: 'persona' });
    const persona = parseName(typed);
    const { personas: known } = snapshot;
    if (persona === undefined || (known && !known.some(({ name }) => name === persona))) {
      return { say: words.unknownPersona(typed, known ?? []) };
    }
    return askControl(origin, snapshot, { kind: 'persona', persona });
  },
};

export const personasCommand: Command = {
  name: 'personas',
  usage: '/personas',
  description: 'List the personas',
  needs: () => ({ personasOf: 'session' }),
  decide({ args }, _origin, { sessions, personas, bot }) {
    if (args.length > 0) return usage(personasCommand);
    const active = activeSession(sessions);
    if (personas) return { say: words.personas(personas) };
    return { say: words.noWorker('card' in active ? active.card.pool : bot.pool) };
  },
};
