import { type QueueRef, sessionQueue, type WorkerCard } from '@signalbox/contracts';
import type { Queues } from '@signalbox/queues';
import { ANN } from '@signalbox/simulator';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BotWorld, createTestLog, startBotWorld } from '../../testing/bot-world.ts';
import { createSay } from '../telegram/say.ts';
import { watchUnserved } from './watch-unserved.ts';

let world: BotWorld;
let queues: Queues;
let watch: { stop(): Promise<void> };
/** How often the watch has looked. */
let looks = 0;
beforeAll(async () => {
  world = await startBotWorld();
  queues = await world.open();
});
afterAll(() => world.stop());
beforeEach(async () => {
  await queues.redis.flushall();
  await queues.workforce.report(card('nas'), []);
  watch = start(100);
});
afterEach(() => watch.stop());

const start = (afterMs: number) => {
  const say = createSay(queues.addJob);
  const { pending, held, front } = queues.overview;
  const { workers } = queues.workforce;
  const pools = () => {
    looks += 1;
    return queues.workforce.pools();
  };
  const { log } = createTestLog();
  return watchUnserved({ pending, held, front, workers, pools, say, log }, { everyMs: 20, afterMs });
};
const web = sessionQueue('web', 'nas');
const card = (pool: string): WorkerCard => ({
  ...{ id: pool, pool, host: 'h', pid: 1, startedAt: 0, seenAt: Date.now() },
  ...{ claude: '2', permissionMode: 'default', modelIsSimulated: false },
});
const add = (id: string, queue: QueueRef = web) =>
  queues.addJob(queue, {
    id,
    name: 'message',
    data: { origin: { place: { chatId: ANN.id }, messageId: 5, userId: ANN.id, userName: 'Ann', sentAt: 1 } },
  });
/** Takes the job at the head, and dies. */
async function begin(queue: QueueRef = web): Promise<void> {
  const objects = queues.bull.hold(queue.name);
  await objects.fetcher.getNextJob(`dead-${Math.random()}`, { block: false });
  await objects.close();
}
const said = async () =>
  (await queues.bull.queue(`reply-${ANN.id}`).getWaiting()).map(({ id, data }) => ({ id, text: data.text }));
const notice = (id: string) => ({ id: `n-${id}`, text: 'No worker is running in pool nas; your message waits.' });
/** Resolves when the watch has looked several times more. */
const looked = () => {
  const before = looks;
  return expect.poll(() => looks).toBeGreaterThan(before + 5);
};

describe('a pool whose last worker has gone', () => {
  it('with a message begun says so of that one alone, and again when the next worker leaves it as well', async () => {
    for (const id of ['u-1-1', 'u-1-2', 'u-1-3']) await add(id);
    await begin();
    await queues.workforce.leave('nas');
    await expect.poll(said).toEqual([notice('u-1-1-no-worker-1')]);
    await queues.workforce.report(card('nas'), []);
    await looked();
    for (const job of await queues.bull.queue(web.name).getActive()) await job.moveToWait('0');
    await begin();
    await queues.workforce.leave('nas');
    await expect.poll(said).toEqual([notice('u-1-1-no-worker-1'), notice('u-1-1-no-worker-2')]);
  });

  it('with messages that wait says so of the first of each session, whatever bot took them in', async () => {
    for (const id of ['u-1-1', 'u-1-2']) await add(id);
    await add('u-1-9', sessionQueue('log', 'nas'));
    await queues.workforce.leave('nas');
    await expect.poll(async () => (await said()).length).toBe(2);
    await looked();
    expect(new Set((await said()).map(({ id }) => id))).toEqual(new Set(['n-u-1-1-no-worker', 'n-u-1-9-no-worker']));
  });

  it('only for a moment, as in a restart, is not worth a word', async () => {
    await watch.stop();
    watch = start(60_000);
    await add('u-1-1');
    await queues.workforce.leave('nas');
    await looked();
    expect(await said()).toEqual([]);
  });
});

it('a session that somebody serves, or whose pool has a worker, gets no word', async () => {
  await add('u-1-1');
  await add('u-2-1', sessionQueue('other', 'served'));
  await queues.workforce.report(card('served'), []);
  const lease = await queues.leases.acquire(web.name);
  await queues.workforce.leave('nas');
  await looked();
  expect(await said()).toEqual([]);
  await lease?.release();
  await expect.poll(said).toEqual([notice('u-1-1-no-worker')]);
});
