import { mkdir, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestLog, makeDisk, startTestQueues, type TestDisk } from '../testing/parts.ts';
import { registerSessions } from './register-sessions.ts';
import { reportWorker } from './report-worker.ts';

let queues: Awaited<ReturnType<typeof startTestQueues>>;
let disk: TestDisk;
beforeAll(async () => {
  queues = await startTestQueues();
});
afterAll(() => queues.stop());
beforeEach(async () => {
  await queues.redis.flushall();
  disk = await makeDisk();
  await disk.persona('default');
});
afterEach(() => disk.remove());

async function make(name: string, createdBy: string, turns = 0) {
  const persona = await disk.library.read('default');
  if (!persona) throw new Error('no persona');
  const claudeSessionId = '3b241101-e2bb-4255-8caf-4136c566a962';
  const metadata = await disk.store.create({ name, persona, claudeSessionId, createdBy, lastPlace: null });
  await disk.store.writeMetadata({ ...metadata, turns, status: 'active' });
  return metadata;
}

it('sessions on disk that Redis has lost are known again, once, as what they were', async () => {
  const made = await make('fresh', 'u-1-1');
  await make('used', 'u-1-2', 3);
  expect((await registerSessions(disk.store, queues.routing, 'nas')).sort()).toEqual(['fresh', 'used']);
  const at = Date.parse(made.createdAt);
  expect(await queues.routing.session('fresh')).toEqual({
    name: 'fresh',
    pool: 'nas',
    persona: 'default',
    claimedBy: 'u-1-1',
    createdAt: at,
  });
  const activities = (await queues.routing.sessions()).map(({ card, activity }) => [card.name, activity?.status]);
  expect(Object.fromEntries(activities)).toEqual({ fresh: 'idle', used: 'suspended' });
  expect(await registerSessions(disk.store, queues.routing, 'nas')).toEqual([]);
});

it('a session that Redis knows is left as it is', async () => {
  await make('web', 'u-1-1', 3);
  const card = { name: 'web', pool: 'other', persona: 'planner', claimedBy: 'u-1-9', createdAt: 1 };
  await queues.routing.claim(card);
  await queues.routing.noteActivity('web', { status: 'active', lastUsedAt: 5 });
  expect(await registerSessions(disk.store, queues.routing, 'nas')).toEqual([]);
  expect(await queues.routing.sessions()).toEqual([{ card, activity: { status: 'active', lastUsedAt: 5 } }]);
});

it('a session whose metadata cannot be read is known too, and the file stays where it is', async () => {
  const { dir, metadata } = disk.store.paths('torn');
  await mkdir(dir);
  await writeFile(metadata, '{"torn');
  expect(await registerSessions(disk.store, queues.routing, 'nas')).toEqual(['torn']);
  expect(await queues.routing.session('torn')).toMatchObject({ persona: 'default', claimedBy: 'found-on-disk' });
  expect(await disk.store.readMetadata('torn')).toMatchObject({ status: 'corrupt' });
});

const card = {
  id: 'w-1',
  pool: 'nas',
  host: 'h',
  pid: 1,
  startedAt: 0,
  claude: '2',
  permissionMode: 'default',
  modelIsSimulated: false,
};

it('a worker is known while it lives, with its personas, and says once which cannot be used', async () => {
  await writeFile(`${disk.dir}/torn.json`, '{');
  const { log, lines } = createTestLog();
  const report = await reportWorker(card, { workforce: queues.workforce, library: disk.library, log });
  expect((await queues.workforce.workers()).map(({ id }) => id)).toEqual(['w-1']);
  expect(await queues.workforce.personas('nas')).toEqual([{ name: 'default', description: 'D default' }]);
  expect(lines.map(({ msg }) => msg)).toEqual(['Personas that cannot be used: torn.json: it is not JSON']);
  await report.stop();
  expect(await queues.workforce.workers()).toEqual([]);
});

it('a worker whose first report Redis did not take starts all the same', async () => {
  const workforce = { ...queues.workforce, report: () => Promise.reject(new Error('Connection is closed.')) };
  const report = await reportWorker(card, { workforce, library: disk.library, log: createTestLog().log });
  await report.stop();
});
