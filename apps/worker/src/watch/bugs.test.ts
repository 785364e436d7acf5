import type { Report } from '@signalbox/homelab';
import { beforeEach, expect, it } from 'vitest';
import { createTestLog, repliesTo, useTestQueues } from '../../testing/world.ts';
import { startWatch } from './start-watch.ts';

const { log, lines } = createTestLog();
const queues = await useTestQueues();
beforeEach(async () => {
  lines.length = 0;
});

const UP: Report = { level: 'ok', title: 'Kuma', lines: [] };
const SETTINGS = {
  ...{ HOMELAB_WATCH: ['kuma'], HOMELAB_WATCH_SECONDS: 0.05, HOMELAB_QUIET_HOURS: undefined, POOL: 'default' },
  ...{ HOMELAB_WATCH_CHAT: 7, TELEGRAM_ALLOWED_USERS: [7] },
};

/** Watches until there were some looks after `look` has failed once, if it is to fail at all. */
async function watch(bug: Error | undefined): Promise<void> {
  const end = new AbortController();
  let looks = 0;
  const look = async () => {
    looks += 1;
    if (looks === 4) end.abort();
    if (looks === 1 && bug) throw bug;
    return UP;
  };
  const { addJob, leases, houseRecords, bugs } = queues;
  const acquire = (resource: string) => leases.acquire(resource);
  const countBug = () => bugs.count('watch');
  await startWatch(SETTINGS as never, { addJob, acquire, houseRecords, look, countBug, log }, end.signal);
  expect(looks).toBe(4);
}

/** One notice of one sentence, the stack once in the log, a count. */
async function expectTold(): Promise<void> {
  const texts = (await repliesTo(queues, 7)).map(({ text }) => text);
  expect(texts).toEqual([expect.stringMatching(/^⚠️ A look at kuma failed[^.]*\.$/)]);
  expect(lines.filter(({ level }) => level >= 50)).toEqual([
    expect.objectContaining({ err: expect.objectContaining({ stack: expect.any(String) }) }),
  ]);
  expect(await queues.bugs.read()).toEqual({ watch: 1 });
}

it('a look that meets a TypeError is told once, and the watch goes on', async () => {
  await watch(new TypeError('a bug of ours'));
  await expectTold();
});

it.each(['{torn', '{"nas":{"text":7}}'])(
  'a memory that cannot be read (%j) is told once, and the watch begins anew',
  async (kept) => {
    await queues.houseRecords.keepProblems('default', 'kuma', kept);
    await watch(undefined);
    await expectTold();
    expect(await queues.houseRecords.problems('default', 'kuma')).toBe('{}');
  },
);
