import type { AppProcess } from '../../support/app-process.ts';
import { startWorld, type World } from '../../support/world.ts';
import { type RedisProxy, startRedisProxy } from './redis-proxy.ts';
import { SESSION } from './two-workers.ts';

/** A worker, and a bot behind a proxy. */
export interface OneBot {
  readonly world: World;
  readonly bot: AppProcess;
  readonly proxy: RedisProxy;
}

/** Starts them, and has a session created. Whoever calls stops the world. */
export async function startOneBot(): Promise<OneBot> {
  const world = await startWorld({ apps: [] });
  try {
    const proxy = world.closeAtEnd(await startRedisProxy(world.redis.url));
    const [[bot]] = (await Promise.all([
      world.startAll(['bot'], { REDIS_URL: proxy.url }),
      world.startAll(['worker']),
    ])) as [[AppProcess], unknown];
    await world.ask(`/new ${SESSION}`, `Session '${SESSION}' created.`);
    return { world, bot, proxy };
  } catch (error) {
    await world.stop().catch(() => undefined);
    throw error;
  }
}
