import type { Queues } from '@signalbox/queues';

/**
 * How many bots live: each listens for new replies, on the channel of the reply queues. A worker says of itself that it lives, a bot
 * does not, for it may not write what only it would need. Rejects with Redis's error.
 */
export async function countBots(redis: Queues['redis']): Promise<number> {
  const channels = await redis.pubsub('CHANNELS', '*:ready:reply');
  const counts = (await redis.pubsub('NUMSUB', ...(channels as string[]))) as (string | number)[];
  return counts.reduce<number>((sum, count, index) => (index % 2 === 1 ? sum + Number(count) : sum), 0);
}
