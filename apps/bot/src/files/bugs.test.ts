import { filesQueue, SINCE } from '@signalbox/contracts';
import { type Consumer, keys, type Queues } from '@signalbox/queues';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type BotWorld, createShortPause, createTestLog, startBotWorld } from '../../testing/bot-world.ts';
import { createFileFetcher } from './fetch-files.ts';

const { log, lines } = createTestLog();
let world: BotWorld;
let queues: Queues;
beforeAll(async () => {
  world = await startBotWorld();
  queues = await world.open(log);
});
afterAll(() => world.stop());
beforeEach(async () => {
  await queues.redis.flushall();
  lines.length = 0;
});

const FILES = filesQueue(7);
const to = (id: string) => ({ queue: 'session-web', id });

async function want(id: string): Promise<object> {
  const request = await queues.transfers.want(to(id), 60);
  const file = { fileId: id, uniqueId: id, kind: 'document' };
  return { version: SINCE.fetch, kind: 'fetch', file, to: to(id), request };
}

/** Has a bot fetch the first file, through this bug, and the next one; `data`: how the first job lies in Redis. */
async function fetchBoth(bug: Error | undefined, data?: string): Promise<void> {
  for (const id of ['first', 'next']) await queues.addJob(FILES, { id, name: 'fetch', data: await want(id) });
  if (data !== undefined) await queues.redis.hset(keys.job(FILES.name, 'first'), 'data', data);
  const download = async function* (fileId: string) {
    if (fileId === 'first' && bug) throw bug;
    yield Buffer.from('bytes');
  };
  const { pause, pauses } = createShortPause();
  const fetcher = createFileFetcher({ download, transfers: queues.transfers, pause, log });
  const consumer: Consumer = await queues.consume('files', fetcher);
  await expect.poll(() => queues.transfers.look(to('next')), { timeout: 15_000 }).toEqual({ status: 'done' });
  await consumer.stop(0);
  expect(pauses).toEqual([]);
  expect(lines.filter(({ err, level }) => err !== undefined && Number(level) >= 50)).toHaveLength(1);
  await expect.poll(() => queues.bugs.read(), { timeout: 15_000 }).toEqual({ files: 1 });
}

it('a file that meets a TypeError is told to who waits for it, and the next one is fetched', async () => {
  await fetchBoth(new TypeError('a bug of ours'));
  expect(await queues.transfers.look(to('first'))).toEqual({
    status: 'failed',
    reason: expect.stringMatching(/^something unforeseen happened/),
  });
});

it.each(['{torn', '{"version":1,"kind":"fetch"}'])(
  'a file whose job cannot be read (%j) holds up no other',
  async (data) => {
    await fetchBoth(undefined, data);
  },
);
