import {
  chatQueue,
  type HomelabJob,
  type IntegrationCard,
  LONGEST_WORD,
  MOST_WORDS,
  type Origin,
  SINCE,
} from '@signalbox/contracts';
import { usage } from '../deciding/command.ts';
import type { Decision } from '../deciding/decision.ts';
import type { TypedCommand } from '../deciding/parse-command.ts';
import type { Snapshot } from '../deciding/snapshot.ts';

/** Asks an integration, in the chat's own queue: never behind a turn. */
export function decideHomelab(
  card: IntegrationCard,
  { args }: TypedCommand,
  origin: Origin,
  { bot }: Snapshot,
): Decision {
  if (args.length > MOST_WORDS || args.some((word) => word.length > LONGEST_WORD)) return usage(card);
  const job: HomelabJob = { version: SINCE.homelab, kind: 'homelab', name: card.name, args: [...args], origin };
  return { enqueue: { queue: chatQueue(origin.place.chatId, bot.pool), job } };
}
