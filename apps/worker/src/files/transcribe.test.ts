import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { useTestDisk } from '../../testing/world.ts';
import { createTranscribe, type Transcribe } from './transcribe.ts';

const disk = useTestDisk();

const environment = {
  PATH: '/usr/bin:/bin',
  HOME: '/home/ann',
  ANTHROPIC_API_KEY: 'sk-secret',
  REDIS_URL: 'redis://x',
};

/** Runs a shell script as the command on a file. */
async function transcribe(script: string, { limitMs = 20_000, signal = new AbortController().signal } = {}) {
  const command = join(disk.dir, 'command');
  await writeFile(command, `#!/bin/sh\n${script}\n`);
  await chmod(command, 0o755);
  const run = createTranscribe(`${command} --fast`, environment, limitMs) as Transcribe;
  return run(join(disk.dir, 'voice.ogg'), {
    marker: disk.dir,
    signal,
  });
}

/** A process that has ended but was not waited for yet has no environment left. */
const isAlive = (pid: number) => readFile(`/proc/${pid}/environ`, 'utf8').then(Boolean, () => false);

it('gives what the command prints for the file', async () => {
  expect(await transcribe('echo "$1 $2"')).toEqual({ status: 'heard', text: `--fast ${disk.dir}/voice.ogg` });
});

it('lets the command know how the machine is, whose it is, and no secret', async () => {
  const { text } = (await transcribe('env')) as { text: string };
  expect(text).toContain('HOME=/home/ann');
  expect(text).toContain(`SIGNALBOX_SESSION=${disk.dir}`);
  expect(text).not.toMatch(/secret|REDIS/);
});

it.each([
  ['exit 3', 'exit code 3'],
  ['echo loading >&2; echo "no model" >&2; exit 1', 'exit code 1: no model'],
  ['true', 'it printed nothing'],
])('says why there is no text when the command does %j', async (script, problem) => {
  expect(await transcribe(script)).toEqual({ status: 'failed', problem });
});

it('says so when there is no such command', async () => {
  const run = createTranscribe('/no/such/command', environment);
  const signal = new AbortController().signal;
  expect(await run?.('x', { marker: 'm', signal })).toEqual({
    status: 'failed',
    problem: 'it could not be run (ENOENT)',
  });
});

it('takes no more text than a message may bring', async () => {
  const { text } = (await transcribe('head -c 200000 /dev/zero | tr "\\0" x')) as { text: string };
  expect(text).toHaveLength(50_000);
});

it.each([
  ['succeeds', 'echo hello', { status: 'heard', text: 'hello' }],
  ['fails', 'printf "\\n99 %%\\rno model" >&2; exit 1', { status: 'failed', problem: 'exit code 1: no model' }],
])('lets a command that %s print as much progress as it likes', async (_what, end, outcome) => {
  const progress = 'i=0; while [ $i -lt 4000 ]; do echo "50 % of the recording is done" >&2; i=$((i+1)); done';
  expect(await transcribe(`${progress}; ${end}`)).toEqual(outcome);
});

it('ends a command that takes too long, with what it started', async () => {
  const outcome = await transcribe('sleep 600 & echo $! > "$0.pid"; wait', { limitMs: 500 });
  expect(outcome).toEqual({ status: 'failed', problem: 'it took longer than 0.5 s' });
  const pid = Number(await readFile(join(disk.dir, 'command.pid'), 'utf8'));
  await expect.poll(() => isAlive(pid)).toBe(false);
});

it('ends the command and rejects when nobody waits for it any more', async () => {
  const controller = new AbortController();
  const outcome = transcribe('sleep 600', { signal: controller.signal });
  setTimeout(() => controller.abort(new Error('over')), 100);
  await expect(outcome).rejects.toThrow('over');
});

it('keeps quoted words together', async () => {
  const command = join(disk.dir, 'my command');
  await writeFile(command, '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  await chmod(command, 0o755);
  const run = createTranscribe(`"${command}"  -l 'de at' --x="1 2" ''`, environment) as Transcribe;
  const heard = await run('voice.ogg', { marker: disk.dir, signal: new AbortController().signal });
  expect(heard).toEqual({ status: 'heard', text: '-l\nde at\n--x=1 2\n\nvoice.ogg' });
});
