import { chatQueue, SINCE } from '@signalbox/contracts';
import { type Command, usage } from '../deciding/command.ts';

export const statusCommand: Command = {
  name: 'status',
  usage: '/status',
  description: 'How the house and Signalbox are, at a glance',
  decide({ args }, origin, { bot }) {
    if (args.length > 0) return usage(statusCommand);
    const job = { version: SINCE.status, kind: 'status', origin } as const;
    return { enqueue: { queue: chatQueue(origin.place.chatId, bot.pool), job } };
  },
};
