import type { IntegrationCard } from '@signalbox/contracts';
import { ParkJob } from '@signalbox/queues';
import type { HouseParts } from './house-parts.ts';

/** How long the job is left to the others before this worker looks again whether they live, in ms. */
const LEFT_FOR_MS = 2_000;

/** Throws `ParkJob` if a living worker of the pool can do better than this one, by what it says of its integrations. */
export async function leaveToOthers(
  { queues, pool }: Pick<HouseParts, 'queues' | 'pool'>,
  isBetter: (integrations: readonly IntegrationCard[]) => boolean,
): Promise<void> {
  if ((await cardsOfOthers({ queues, pool })).some(isBetter))
    throw new ParkJob('Another worker of the pool is configured for it', LEFT_FOR_MS);
}

/** What the other living workers of the pool say of their integrations, worker by worker. */
export async function cardsOfOthers({
  queues,
  pool,
}: Pick<HouseParts, 'queues' | 'pool'>): Promise<IntegrationCard[][]> {
  const workers = await queues.workforce.workers();
  const others = workers.filter((worker) => worker.pool === pool && worker.id !== queues.owner);
  return others.map(({ integrations }) => integrations ?? []);
}
