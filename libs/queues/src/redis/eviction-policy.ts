import { type Redis, ReplyError } from 'ioredis';

/**
 * What Redis takes away when it has no room, in its own word; `noeviction`: nothing. `undefined`: it does not say, as where the commands
 * that tell are not allowed. Rejects if Redis is away.
 */
export async function readEvictionPolicy(redis: Redis): Promise<string | undefined> {
  return (await asked(() => fromInfo(redis))) ?? (await asked(() => fromConfig(redis)));
}

async function asked(ask: () => Promise<string | undefined>): Promise<string | undefined> {
  return ask().catch((error: unknown) => {
    if (error instanceof ReplyError) return undefined;
    throw error;
  });
}

async function fromInfo(redis: Redis): Promise<string | undefined> {
  return /^maxmemory_policy:(\S+)/m.exec(await redis.info('memory'))?.[1];
}

async function fromConfig(redis: Redis): Promise<string | undefined> {
  const [, policy] = (await redis.config('GET', 'maxmemory-policy')) as string[];
  return policy;
}
