import { activeSession } from '../deciding/address-session.ts';
import { type Command, usage } from '../deciding/command.ts';
import type { Decision } from '../deciding/decision.ts';
import { describeQueue, MOST_LOOKED_AT } from '../deciding/queue-menu.ts';
import type { Snapshot } from '../deciding/snapshot.ts';

export const queueCommand: Command = {
  name: 'queue',
  usage: '/queue',
  description: 'What waits in this session, to cancel or to run next',
  needs: () => ({ lines: { of: 'place', most: MOST_LOOKED_AT } }),
  decide: ({ args }, _origin, snapshot) => (args.length > 0 ? usage(queueCommand) : decideQueue(snapshot)),
};

function decideQueue({ sessions, lines }: Snapshot): Decision {
  const active = activeSession(sessions);
  if ('say' in active) return active;
  const { message, rows } = describeQueue(active.card.name, lines);
  if (rows.length === 0) return { say: message.text };
  return { menu: { text: message.text, rows: rows.map((row) => [...row]), once: false, plain: true } };
}
