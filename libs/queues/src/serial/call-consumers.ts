import type { QueueRef } from '@signalbox/contracts';
import type { Redis } from 'ioredis';
import { execAll } from '../redis/exec-all.ts';
import { channels, keys } from '../redis/schema/schema.ts';

/**
 * Marks a queue as one that may have work, and tells those who listen. The mark comes first: it is found by a look even if nobody heard. As
 * a rule it is there already; then nothing is written, and the signal need not wait for Redis's disk. Rejects with Redis's error.
 */
export async function callConsumers(redis: Redis, { name, group }: QueueRef): Promise<void> {
  await execAll(redis.pipeline().sadd(keys.pending(group), name).publish(channels.ready(group), name));
}
