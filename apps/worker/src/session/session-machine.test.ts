import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lease } from '@signalbox/queues';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testHeld, testSetup } from '../../testing/session-setup.ts';
import { held, repliesTo, useTestDisk, useTestQueues } from '../../testing/world.ts';
import { type OpenedClaude, openClaude } from './open-claude.ts';

/** Its behaviour is named by the model. */
const FAKE = fileURLToPath(new URL('../../../../libs/claude/fixtures/fake-claude.mjs', import.meta.url));

const queues = await useTestQueues();
const disk = useTestDisk();
let lease: Lease;
let opened: OpenedClaude;
let lost: string[];
beforeEach(async () => {
  lease = await held(queues, 'session-web');
  opened = openWeb();
  const persona = { name: 'default', description: 'A test', system_prompt: '', settings: { model: 'answers' } };
  const origin = { createdBy: 'u-1-1', lastPlace: { chatId: 7 } };
  await disk.store.create({ name: 'web', persona, claudeSessionId: crypto.randomUUID(), ...origin });
});
afterEach(async () => {
  await opened.claude.stop();
  await lease.release();
});

function openWeb(): OpenedClaude {
  lost = [];
  const environment = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: disk.dir };
  const claude = {
    command: 'claude',
    binary: FAKE,
    environment,
    configDir: undefined,
    permissionMode: 'default' as const,
  };
  const setup = testSetup(disk, queues, { claude });
  const web = openClaude(testHeld('web', lease, setup), setup);
  web.machine.listen({ lost: async (what) => void lost.push(what) });
  return web;
}

const start = async ({ machine, claude } = opened) =>
  claude.start(await machine.load(), { signal: new AbortController().signal });
const written = () => disk.store.peekMetadata('web');

it('a Claude that ended by itself is written down as ended before its session is let go', async () => {
  const claude = await start();
  expect(await written()).toMatchObject({ status: 'active', pid: claude.pid });
  process.kill(claude.pid, 'SIGKILL');
  await claude.exited;
  await opened.claude.stop();
  expect(await written()).toMatchObject({ status: 'suspended', pid: null });
});

it('a background task that died with its Claude is told by the next start, and by that one alone', async () => {
  await start();
  await opened.machine.dispatch({ type: 'background', background: 'task' });
  expect(await written()).toMatchObject({ background: 'task' });
  await opened.claude.stop();
  expect(lost).toEqual([]);
  expect(await written()).toMatchObject({ status: 'suspended', background: 'task' });
  await start();
  expect(lost).toEqual(['task']);
  expect(await written()).toMatchObject({ status: 'active', background: 'none' });
  await opened.claude.stop();
  await start();
  expect(lost).toEqual(['task']);
});

it('what the last worker’s Claude was at is known to the next worker, from the disk', async () => {
  await start();
  await opened.machine.dispatch({ type: 'background', background: 'turn' });
  await opened.claude.stop();
  opened = openWeb();
  await opened.machine.look();
  expect(opened.machine.state).toMatchObject({ claude: 'cold', left: 'turn' });
  await start();
  expect([lost, opened.machine.state.left]).toEqual([['turn'], 'none']);
});

it('a session that is forgotten is not written any more', async () => {
  await start();
  const before = await written();
  opened.machine.forget();
  await opened.claude.stop();
  expect(await written()).toEqual(before);
});

it('what is wrong with the files is told to whoever sent the job', async () => {
  await disk.persona('default');
  const { writeFile } = await import('node:fs/promises');
  await writeFile(disk.store.paths('web').persona, '{"torn');
  await opened.machine.load({ jobId: 'u-1-2', to: { place: { chatId: 7 } } });
  expect(await repliesTo(queues, 7)).toMatchObject([{ id: 'n-u-1-2-persona' }]);
});

it.each([
  ['answered', undefined],
  ['interrupted', { times: 1, jobId: 'u-1-2' }],
] as const)('after a turn that was %s, the refusals in a row are %o', async (status, refused) => {
  await opened.machine.change(
    { refused: { times: 1, jobId: 'u-1-2' } },
    { jobId: 'u-1-2', to: { place: { chatId: 7 } } },
  );
  const claude = await start();
  const signal = new AbortController().signal;
  const outcome = await claude.runTurn(
    { uuid: crypto.randomUUID(), content: 'hi' },
    { onEvent: () => undefined, signal },
  );
  await opened.machine.recordTurn({ ...outcome, status }, { chatId: 7 });
  expect((await written())?.refused).toEqual(refused);
});

it('a change is written whether or not Claude runs, and keeps what is known of the process', async () => {
  const about = { jobId: 'u-1-2', to: { place: { chatId: 7 } } };
  await opened.machine.change({ archived: true }, about);
  expect(await written()).toMatchObject({ status: 'idle', archived: true });
  const { pid } = await start();
  await opened.machine.change({ archived: false }, about);
  expect(await written()).toMatchObject({ status: 'active', pid, archived: false });
});
