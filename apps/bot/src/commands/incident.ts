import { type Origin, SINCE, sessionQueue } from '@signalbox/contracts';
import { type Command, usage } from '../deciding/command.ts';
import type { Decision } from '../deciding/decision.ts';
import type { Snapshot } from '../deciding/snapshot.ts';
import { words } from '../wording/words.ts';

/** Opens a session for something that the watch has reported. It is what a button types, so no list has it. */
export const incidentCommand: Command = {
  name: 'incident',
  usage: '/incident <name>',
  example: '/incident kuma-1',
  description: 'Have Claude look into what the watch has reported',
  isHidden: true,
  needs: ({ args: [typed = ''] }, { pool }) => ({
    personasOf: { pool },
    ...(INCIDENT.test(typed) ? { evidence: typed } : {}),
  }),
  decide: ({ args: [typed, ...more] }, origin, snapshot) =>
    typed === undefined || more.length > 0 ? usage(incidentCommand) : decideIncident(typed, origin, snapshot),
};

/** With `incident-` before it, it is the name of a session. */
const INCIDENT = /^[a-z0-9_-]{1,55}$/;

/** The persona that looks into things; `default` where a pool does not have it. */
const PERSONA = 'research';

function decideIncident(typed: string, origin: Origin, { evidence, bot, personas: known, now }: Snapshot): Decision {
  if (evidence === undefined) return { say: words.incidentIsOld };
  const name = `incident-${typed}`;
  const { pool } = bot;
  const persona = known === undefined || known.some((each) => each.name === PERSONA) ? PERSONA : 'default';
  const queue = sessionQueue(name, pool);
  const made = { version: SINCE.new, kind: 'new', session: name, persona, personaNamed: true, origin } as const;
  const first = { version: SINCE.message, kind: 'message', session: name, origin, text: evidence } as const;
  return {
    claim: {
      card: { name, pool, persona, createdAt: now },
      otherwise: { activate: name, say: words.switched(name) },
    },
    activate: name,
    enqueue: { queue, job: made },
    afterwards: [{ queue, job: first }],
  };
}
