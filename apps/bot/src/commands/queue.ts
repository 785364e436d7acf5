import type { Origin } from '@signalbox/contracts';
import { activeSession, type Command, usage } from '../deciding/command.ts';
import type { Decision, Surroundings } from '../deciding/decision.ts';
import { createQueueMenu } from '../deciding/queue-menu.ts';

export const queueCommand: Command = {
  name: 'queue',
  usage: '/queue',
  description: 'What waits in this session, to cancel or to run next',
  decide: ({ args }, origin, around) => (args.length > 0 ? usage(queueCommand) : decideQueue(origin, around)),
};

async function decideQueue(origin: Origin, around: Surroundings): Promise<Decision> {
  const active = await activeSession(origin, around);
  if ('say' in active) return active;
  const { message, rows } = await createQueueMenu(around)(active.queue);
  if (rows.length === 0) return { say: message.text };
  return { menu: { text: message.text, rows: rows.map((row) => [...row]), once: false, plain: true } };
}
