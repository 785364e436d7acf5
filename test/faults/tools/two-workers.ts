import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Queues } from '@signalbox/queues';
import type { AppProcess } from '../../support/app-process.ts';

export { BYPASS } from '../../support/directives.ts';

import { startWorld, type World } from '../../support/world.ts';
import { type ClaudeTap, startClaudeTap } from './claude-tap.ts';
import { jsonOf } from './json-of.ts';
import { type RedisProxy, startRedisProxy } from './redis-proxy.ts';
import { until } from './until.ts';

/** A bot and two workers, of which one serves the session `web` while the other stands by. */
export interface TwoWorkers {
  readonly world: World;
  /** Serves the session. Stands behind the proxy. */
  readonly holder: AppProcess;
  /** Frozen, so that nothing is left to chance, until it is woken with SIGCONT. */
  readonly standby: AppProcess;
  readonly proxy: RedisProxy;
  /** Both workers' Claude. */
  readonly tap: ClaudeTap;
  /** A look at the queues from outside. */
  readonly queues: Queues;
}

export const SESSION = 'web';
export const SESSION_QUEUE = `session-${SESSION}`;

/** Starts them, and has the session created, with a warm Claude. Whoever calls stops the world. */
export async function startTwoWorkers(env: Record<string, string> = {}): Promise<TwoWorkers> {
  const world = await startWorld({ apps: [], env });
  try {
    const tap = world.closeAtEnd(await startClaudeTap(world.dir));
    const proxy = world.closeAtEnd(await startRedisProxy(world.redis.url));
    const queues = world.closeAtEnd(await world.openQueues());
    const [[holder], [standby]] = (await Promise.all([
      world.startAll(['worker'], { CLAUDE_BIN: tap.bin, REDIS_URL: proxy.url }),
      world.startAll(['worker'], { CLAUDE_BIN: tap.bin }).then(([app]) => {
        app?.kill('SIGSTOP');
        return [app];
      }),
      world.startAll(['bot']),
    ])) as [[AppProcess], [AppProcess], unknown];
    await world.ask(`/new ${SESSION}`, `Session '${SESSION}' created.`);
    // The last thing that a new session's job does is to start its Claude.
    await untilStatus(world, 'active');
    return { world, holder, standby, proxy, tap, queues };
  } catch (error) {
    await world.stop().catch(() => undefined);
    throw error;
  }
}

/** Resolves when the session's metadata has this status. */
async function untilStatus(world: World, status: string): Promise<void> {
  await until(`the session to be ${status}`, async () => (await world.metadata(SESSION)).status === status);
}

/** Whether a transcript has a row of a person or a tool with this in its content. Rows of other types quote whole requests. */
export async function isInTranscript(world: World, text: string): Promise<boolean> {
  const projects = join(world.dir, 'claude', 'projects');
  const names = await readdir(projects, { recursive: true }).catch(() => []);
  const files = names.filter((name) => name.endsWith('.jsonl')).map((name) => join(projects, name));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return texts
    .flatMap((file) => file.split('\n'))
    .map(jsonOf)
    .some(({ type, message }) => type === 'user' && JSON.stringify(message).includes(text));
}

/** Ends the session's warm Claude, so that the next message starts one. */
export async function makeCold({ world }: TwoWorkers): Promise<void> {
  for (const { pid } of await world.claudes()) process.kill(pid, 'SIGKILL');
  await untilStatus(world, 'suspended');
}
