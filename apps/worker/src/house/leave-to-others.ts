import type { IntegrationCard } from '@signalbox/contracts';
import { ParkJob, type Workforce } from '@signalbox/queues';

/** How long the job is left to the others before this worker looks again whether they live, in ms. */
const LEFT_FOR_MS = 2_000;

/** What the other living workers of the pool say of their integrations, worker by worker. */
export type CardsOfOthers = () => Promise<IntegrationCard[][]>;

/** Throws `ParkJob` if a living worker of the pool can do better than this one, by what it says of its integrations. */
export async function leaveToOthers(
  cardsOfOthers: CardsOfOthers,
  isBetter: (integrations: readonly IntegrationCard[]) => boolean,
): Promise<void> {
  if ((await cardsOfOthers()).some(isBetter))
    throw new ParkJob('Another worker of the pool is configured for it', LEFT_FOR_MS);
}

/** Finds what the other living workers of a worker's pool say of their integrations. */
export function createCardsOfOthers(
  workers: Workforce['workers'],
  own: { readonly id: string; readonly pool: string },
): CardsOfOthers {
  return async () => {
    const others = (await workers()).filter(({ pool, id }) => pool === own.pool && id !== own.id);
    return others.map(({ integrations }) => integrations ?? []);
  };
}
