import { beginningOf, LONGEST_WORD, MOST_WORDS } from '@signalbox/contracts';
import { type RunOptions, runIntegration } from '@signalbox/homelab';
import type { Log } from '@signalbox/service';
import { readStatus, type StatusNeeds } from './answer-status.ts';
import type { HouseView } from './house-tools.ts';
import { type House, ready } from './open-house.ts';

/** What this worker can be asked about the house by others than the chat. */
export function createHouseView(needs: StatusNeeds & { readonly house: House }, log: Log): HouseView {
  const { house } = needs;
  const runFor = (signal: AbortSignal): RunOptions => ({ log, now: Date.now, signal });
  const status = { name: 'status', usage: '/status', description: 'How the house and Signalbox are' };
  return {
    topics: [
      status,
      ...ready(house).map(({ integration: { name, usage, description } }) => ({ name, usage, description })),
    ],
    async look(name, args, signal) {
      if (name === status.name) return readStatus(needs, runFor(signal));
      const known = house.find(name);
      if (known?.state !== 'configured') return { level: 'unknown', title: name, lines: [{ text: 'Not configured.' }] };
      const words = args.slice(0, MOST_WORDS).map((word) => beginningOf(word, LONGEST_WORD));
      return (await runIntegration(known, words, runFor(signal))).report;
    },
  };
}
