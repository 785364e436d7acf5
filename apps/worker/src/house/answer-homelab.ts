import type { HomelabJob } from '@signalbox/contracts';
import { describeMissing, type RunOptions, runIntegration } from '@signalbox/homelab';
import type { Shown } from '../wording/shown.ts';
import { type CardsOfOthers, leaveToOthers } from './leave-to-others.ts';
import type { House } from './open-house.ts';
import { showReport } from './show-report.ts';

/** What answering for an integration calls. */
export interface AnswerHomelabNeeds {
  readonly house: Pick<House, 'find'>;
  readonly cardsOfOthers: CardsOfOthers;
  readonly pool: string;
}

/** Answers a command of one integration. Throws `ParkJob` if another worker of the pool has it configured and this one has not. */
export async function answerHomelab(
  { name, args }: HomelabJob,
  { house, cardsOfOthers, pool }: AnswerHomelabNeeds,
  run: RunOptions,
): Promise<Shown> {
  const known = house.find(name);
  if (known?.state === 'configured') return showReport((await runIntegration(known, args, run)).report);
  await leaveToOthers(cardsOfOthers, (cards) => cards.some((card) => card.name === name && card.configured));
  const text = known ? describeMissing(known.names) : `No worker of pool ${pool} has /${name}.`;
  return showReport({ level: 'unknown', title: name, lines: [{ text }] });
}
