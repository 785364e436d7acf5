import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { AppProcess } from '../../support/app-process.ts';
import { useWorldToOpen } from '../../support/use-world.ts';

const preload = fileURLToPath(new URL('../tools/fs-faults.mjs', import.meta.url));

const world = useWorldToOpen();

/** Makes the sessions' disk of the workers that are started here fail; an empty word makes it well again. */
const disk = (error: '' | 'ENOSPC' | 'EROFS') => writeFile(join(world.dir, 'disk-error'), error);

async function startWorker(): Promise<AppProcess> {
  const worker = world.start('worker', {
    NODE_OPTIONS: `--import=${preload}`,
    FS_FAULTS_DIR: join(world.dir, 'sessions'),
    FS_FAULTS_ERROR: join(world.dir, 'disk-error'),
  });
  await worker.waitForOutput(/Serving pool/);
  return worker;
}

const linesOf = (worker: AppProcess) => worker.output().split('\n').length;

describe.each([
  ['full', 'ENOSPC', /the disk is full \(ENOSPC\)\. Free some space there\./],
  ['read-only', 'EROFS', /the disk is read-only \(EROFS\)\. Mount it writable again/],
] as const)('a %s disk', (_what, error, sentence) => {
  it('is told in the chat with its directory and what to do, answers still arrive, and it goes on when the disk is well', async () => {
    await world.open({ apps: ['bot'] });
    const worker = await startWorker();
    await world.newSession('web');
    await world.ask('I am blue [[say noted]]', 'noted');
    await expect.poll(async () => (await world.metadata('web')).turns).toBe(1);
    const before = linesOf(worker);

    await disk(error);
    await world.ask('[[say answered all the same]]', 'answered all the same');
    const told = await world.shows(/Claude has answered, but the state of session 'web' is not kept/);
    const refused = await world.ask('/new other', /Session 'other' could not be created/);
    for (const { text } of [told, refused]) {
      expect(text).toMatch(sentence);
      expect(text).toContain(join(world.dir, 'sessions'));
    }
    expect(await readdir(join(world.dir, 'sessions'))).toEqual(['web']);

    await disk('');
    await world.ask('/session web', "Switched to session 'web'.");
    await world.ask('[[recall]]', /I am blue/);
    await expect.poll(async () => (await world.metadata('web')).turns).toBe(3);
    await world.newSession('other');
    expect(linesOf(worker) - before).toBeLessThan(20);
    expect(world.texts().filter((text) => /not kept/.test(text))).toHaveLength(1);
  });
});

describe('state files that must be made anew on a full disk', () => {
  it('fail the message with a clear notice, and the next one works when the disk is well', async () => {
    await world.open({ apps: ['bot'] });
    const first = await startWorker();
    await world.newSession('web');
    await world.ask('[[say noted]]', 'noted');
    await first.stop();
    await rm(join(world.dir, 'sessions', 'web', 'metadata.json'));
    await disk('ENOSPC');
    await startWorker();
    await world.ask(
      'hello',
      /This message could not be handled: .*sessions cannot be used: the disk is full.*Then send it again\./,
    );
    await disk('');
    await world.ask('[[say well again]]', 'well again');
    expect(world.texts()).toContain(
      "⚠️ The metadata of session 'web' was missing. The session begins a new conversation.",
    );
  });
});

describe('Claude’s own directory', () => {
  it('that keeps no transcripts is told once for a conversation, with what to do', async () => {
    await world.open({ apps: ['bot'] });
    const config = join(world.dir, 'claude');
    await mkdir(config);
    // Permissions do not stop root; a file where the directory of transcripts should be stops everybody.
    await writeFile(join(config, 'projects'), '');
    await world.startAll(['worker']);
    await world.newSession('web');
    await world.ask('I am blue [[say one]]', 'one');
    const { text } = await world.shows(/does not keep this conversation/);
    expect(text).toContain(config);
    expect(text).toContain('right to write there');
    await world.ask('[[recall]]', /I am blue/);
    await rename(join(config, 'projects'), join(config, 'was-in-the-way'));
    await world.newSession('kept');
    await world.ask('[[say two]]', 'two');
    await expect.poll(async () => (await world.metadata('kept')).turns).toBe(1);
    expect(world.texts().filter((each) => /does not keep/.test(each))).toHaveLength(1);
  });
});
