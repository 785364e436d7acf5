import { mkdir, writeFile } from 'node:fs/promises';
import type { Metadata } from '@signalbox/sessions';
import { expect, it } from 'vitest';
import { createTestLog, useTestDisk, useTestQueues } from '../../testing/world.ts';
import { registerSessions } from './register-sessions.ts';
import { reportWorker } from './report-worker.ts';

const queues = await useTestQueues();
const disk = useTestDisk('default');

const { log, lines } = createTestLog();
const register = () => registerSessions({ store: disk.store, routing: queues.routing, pool: 'nas', log });

async function make(name: string, createdBy: string, more: Partial<Metadata> = {}) {
  const persona = await disk.library.read('default');
  if (!persona) throw new Error('no persona');
  const claudeSessionId = '3b241101-e2bb-4255-8caf-4136c566a962';
  const metadata = await disk.store.create({ name, persona, claudeSessionId, createdBy, lastPlace: null });
  await disk.store.writeMetadata({ ...metadata, status: 'active', ...more });
  return metadata;
}

it('sessions on disk that Redis has lost are known again, once, as what they were', async () => {
  const made = await make('fresh', 'u-1-1');
  await make('used', 'u-1-2', { turns: 3 });
  expect((await register()).sort()).toEqual(['fresh', 'used']);
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
  expect(await register()).toEqual([]);
});

it('a session that Redis knows is left as it is, and one of another pool is warned of', async () => {
  await make('web', 'u-1-1', { turns: 3 });
  const card = { name: 'web', pool: 'other', persona: 'planner', claimedBy: 'u-1-9', createdAt: 1 };
  await queues.routing.claim(card);
  await queues.routing.setActivity('web', { status: 'active', lastUsedAt: 5 });
  expect(await register()).toEqual([]);
  expect(await queues.routing.sessions()).toEqual([{ card, activity: { status: 'active', lastUsedAt: 5 } }]);
  expect(lines.at(-1)?.msg).toMatch(/session 'web' is left alone: .* pool other, .* pool nas\..*POOL or SESSIONS_DIR/);
});

it('a place that Redis has lost talks again to the session that was last used there, and no other place changes', async () => {
  const at = (minute: number) => ({ lastUsedAt: new Date(minute * 60_000).toISOString() });
  await make('old', 'u-1-1', { lastPlace: { chatId: 7 }, ...at(1) });
  await make('newest', 'u-1-2', { lastPlace: { chatId: 7 }, ...at(3) });
  await make('newer', 'u-1-3', { lastPlace: { chatId: 7 }, ...at(2) });
  await make('topic', 'u-1-4', { lastPlace: { chatId: 7, threadId: 2 }, ...at(9) });
  await make('kept', 'u-1-5', { lastPlace: { chatId: 8 }, ...at(9) });
  await queues.routing.activate({ chatId: 8 }, 'chosen');
  await register();
  const places = [{ chatId: 7 }, { chatId: 7, threadId: 2 }, { chatId: 8 }];
  expect(await Promise.all(places.map(queues.routing.activeSession))).toEqual(['newest', 'topic', 'chosen']);
});

it('an archived session that Redis has lost is known as archived, and no place talks to it', async () => {
  await make('old', 'u-1-1', { archived: true, lastPlace: { chatId: 7 } });
  await register();
  expect(await queues.routing.session('old')).toMatchObject({ archived: true });
  expect(await queues.routing.activeSession({ chatId: 7 })).toBeUndefined();
});

it('several workers that find the same sessions at once agree', async () => {
  await make('web', 'u-1-1');
  await Promise.all([register(), register(), register()]);
  expect(await queues.routing.session('web')).toMatchObject({ pool: 'nas', claimedBy: 'u-1-1' });
});

it('a session whose metadata cannot be read is known too, and the file stays where it is', async () => {
  const { dir, metadata } = disk.store.paths('torn');
  await mkdir(dir);
  await writeFile(metadata, '{"torn');
  expect(await register()).toEqual(['torn']);
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
