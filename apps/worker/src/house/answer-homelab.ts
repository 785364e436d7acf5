import type { HomelabJob } from '@signalbox/contracts';
import { describeMissing, type RunOptions, runIntegration } from '@signalbox/homelab';
import type { Shown } from '../wording/shown.ts';
import type { HouseParts } from './house-parts.ts';
import { leaveToOthers } from './leave-to-others.ts';
import { showReport } from './show-report.ts';

/** Answers a command of one integration. Throws `ParkJob` if another worker of the pool has it configured and this one has not. */
export async function answerHomelab({ name, args }: HomelabJob, parts: HouseParts, run: RunOptions): Promise<Shown> {
  const known = parts.house.find(name);
  if (known?.state === 'configured') return showReport((await runIntegration(known, args, run)).report);
  await leaveToOthers(parts, (cards) => cards.some((card) => card.name === name && card.configured));
  const text = known ? describeMissing(known.names) : `No worker of pool ${parts.pool} has /${name}.`;
  return showReport({ level: 'unknown', title: name, lines: [{ text }] });
}
