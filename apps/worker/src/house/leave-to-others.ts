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
  const workers = await queues.workforce.workers();
  const better = workers.some(
    (worker) => worker.pool === pool && worker.id !== queues.owner && isBetter(worker.integrations ?? []),
  );
  if (better) throw new ParkJob('Another worker of the pool is configured for it', LEFT_FOR_MS);
}
