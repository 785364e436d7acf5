import { DEFAULT_LEASE_TTL_MS, type Queues } from '@signalbox/queues';
import { until } from './until.ts';

/** How long a lease lives that is not renewed, in ms. Who gets one sooner was given it. */
export const LEASE_TTL_MS = DEFAULT_LEASE_TTL_MS;

/** The number of the last grant of a lease (0: never granted), and to whom. */
export async function lastGrant({ redis }: Queues, resource: string): Promise<{ number: number; owner: string }> {
  const [number, owner] = await redis.hmget(`signalbox:{${resource}}:fence`, 'number', 'owner');
  return { number: Number(number ?? 0), owner: owner ?? '' };
}

/** What is left of a lease that nobody renews, in ms: so long must another wait for it. How long take-overs last in all is in docs/reliability.md. */
export async function lifeLeft({ redis }: Queues, resource: string): Promise<number> {
  return redis.pttl(`signalbox:{${resource}}:lease`);
}

/** Resolves as soon as a lease was granted again after grant `number`, to how long that took from `since` (ms, monotonic clock). */
export async function nextGrant(queues: Queues, resource: string, number: number, since: number): Promise<number> {
  await until(
    `a new grant of the lease of ${resource}`,
    async () => (await lastGrant(queues, resource)).number > number,
  );
  return performance.now() - since;
}
