import { setImmediate } from 'node:timers/promises';
import { keyProblem, openQueues, type Queues } from '@signalbox/queues';
import type { PrivateRedis } from '@signalbox/service';

/** How long a Redis that runs has to answer, in ms: tests that broke it have mended it by then. */
const PATIENCE_MS = 10_000;

/** What in a Redis is not as the schema says, in words; nothing if a test ended that Redis. */
export async function findKeyProblems({ url, ended }: Pick<PrivateRedis, 'url' | 'ended'>): Promise<string[]> {
  if (await Promise.race([ended.then(() => true), setImmediate(false)])) return [];
  const silent = () => undefined;
  const options = { app: 'test', log: { info: silent, warn: silent, error: silent } };
  const queues = await openQueues(url, { ...options, signal: AbortSignal.timeout(PATIENCE_MS) });
  try {
    return await checkKeys(queues);
  } finally {
    await queues.close();
  }
}

/** The same, for a Redis that answers. */
async function checkKeys({ redis }: Pick<Queues, 'redis'>): Promise<string[]> {
  const names = new Set<string>();
  for (let cursor = '0', first = true; first || cursor !== '0'; first = false) {
    const [next, found] = await redis.scan(cursor, 'COUNT', 1_000);
    for (const key of found) names.add(key);
    cursor = next;
  }
  const found = await Promise.all(
    [...names].map(async (key) => ({ key, type: await redis.type(key), ttlMs: await redis.pttl(key) })),
  );
  // One that went in between has no type any more.
  return found.flatMap((each) => (each.type === 'none' || each.ttlMs === -2 ? [] : (keyProblem(each) ?? [])));
}
