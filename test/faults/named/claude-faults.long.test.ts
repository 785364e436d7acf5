import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findClaude } from '@signalbox/claude';
import { ANN } from '@signalbox/simulator';
import { expect, it } from 'vitest';
import { press } from '../../support/press.ts';
import { useWorldToOpen } from '../../support/use-world.ts';

const world = useWorldToOpen();

const SILENT = { INACTIVITY_MINUTES: '0.05' };
/** A usage limit is a matter of a subscription, whose login is a token and no key. */
const SUBSCRIPTION = { ANTHROPIC_API_KEY: '', CLAUDE_CODE_OAUTH_TOKEN: 'sentinel-oauth-token' };

const claudePid = async () => {
  const [found] = await world.claudesAlone();
  if (!found) throw new Error('No Claude lives');
  return found.pid;
};
/** The most memory that a process ever had, in MB. */
const peakMemory = async (pid: number) =>
  Number(/VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** A CLI that is the real one behind a script of ours: `code` sees its `line`s of stdout and may `print` before each. */
async function wrappedClaude(code: string): Promise<{ CLAUDE_BIN: string; dir: string }> {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const { path } = await findClaude({ path: '', packageRoots: [root] });
  const dir = world.dir;
  const script = `#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
const isVersion = process.argv.includes('--version');
if (!isVersion && existsSync(${JSON.stringify(join(dir, 'refuse'))})) process.exit(1);
const child = spawn(${JSON.stringify(path)}, process.argv.slice(2), { stdio: ['pipe', 'pipe', 'inherit'] });
process.stdin.pipe(child.stdin);
const print = (text) => process.stdout.write(text + '\\n');
createInterface({ input: child.stdout }).on('line', (line) => { ${code}; print(line); });
child.on('exit', (code) => { process.exitCode = code ?? 1; });
`;
  const file = join(dir, 'claude.mjs');
  await writeFile(file, script);
  await chmod(file, 0o755);
  return { CLAUDE_BIN: file, dir };
}

it('a Claude that is killed in mid-turn is started again and its turn continued, answered once', async () => {
  await world.open();
  await world.newSession('web');
  const request = world.modelIsAsked();
  world.say('[[wait 1000]][[say the answer]]');
  await request;
  process.kill(await claudePid(), 'SIGKILL');
  await world.shows('the answer');
  expect(world.texts()).toContain('Continuing after a restart…');
  await world.ask('[[recall]]', /I remember:\s+1\. \[\[wait 1000\]\]\[\[say the answer\]\]$/);
  expect(world.count('the answer')).toBe(1);
});

it('a Claude that hangs on its API is interrupted after the time of silence, and Retry does the message again', async () => {
  await world.open({ env: SILENT });
  await world.newSession('web');
  const question = await world.ask('[[hang]]', /gave no sign of life and was interrupted/);
  expect(world.texts()).toContainEqual(expect.stringMatching(/^Claude has given no sign of life for 3 s/));
  await world.ask('[[say next]]', 'next');
  const before = world.lastId();
  press(world, question, 'Retry');
  await world.shows(/gave no sign of life and was interrupted/, ANN.id, before);
  expect(world.shown().find(({ id }) => id === question.id)).toMatchObject({
    text: expect.stringContaining('→ Retry (Ann'),
    buttons: [],
  });
});

it('a Claude that is frozen is ended after the time of silence, and the next message has another one', async () => {
  await world.open({ env: SILENT });
  await world.newSession('web');
  await world.ask('[[say warm]]', 'warm');
  process.kill(await claudePid(), 'SIGSTOP');
  const question = await world.ask('[[say after all]]', /gave no sign of life and was interrupted/);
  press(world, question, 'Retry');
  await world.shows('after all');
});

it('at a usage limit the session says until when it waits, keeps its order, and goes on by itself', async () => {
  await world.open({ env: SUBSCRIPTION });
  await world.newSession('web');
  const question = await world.ask('[[limit 6]][[say first]]', /usage limit is reached/);
  expect(question.text).toMatch(/goes on by itself at \d\d:\d\d UTC/);
  world.say('[[say second]]');
  await world.shows('second');
  expect(world.texts().filter((text) => ['first', 'second'].includes(text))).toEqual(['first', 'second']);
  expect(world.texts()).not.toContain('Continuing after a restart…');
  await world.ask('[[recall]]', /I remember:\s+1\. \[\[limit 6\]\]\[\[say first\]\]\n2\. \[\[say second\]\]$/);
});

it('[Try now] at a usage limit that still holds asks the API once, and the buttons come back', async () => {
  await world.open({ env: SUBSCRIPTION });
  await world.newSession('web');
  const tries = () => world.simulator.anthropic.requests.filter(({ outcome }) => outcome === 'failed 429').length;
  const first = await world.ask('[[limit 3600]][[say first]]', /usage limit is reached/);
  const before = world.lastId();
  press(world, first, 'Try now');
  const second = await world.shows(/usage limit is reached/, ANN.id, before);
  press(world, second, 'Drop');
  await world.ask('[[say second]]', 'second');
  expect(tries()).toBe(2);
});

it('a message that waits for a usage limit can be dropped, and the next one is handled at once', async () => {
  await world.open({ env: SUBSCRIPTION });
  await world.newSession('web');
  const question = await world.ask('[[limit 3600]][[say first]]', /usage limit is reached/);
  world.say('[[say second]]');
  press(world, question, 'Drop');
  await world.shows('second');
  expect(world.count('first')).toBe(0);
});

it('an API that is overloaded for a moment delays the answer and nothing else', async () => {
  await world.open();
  await world.newSession('web');
  await world.ask('[[error 529 times 2]][[say after all]]', 'after all');
  expect(world.texts().filter((text) => text.startsWith('⚠️'))).toEqual([]);
});

it('a login that is gone is told with what to do, and Retry does the message once, when that is mended', async () => {
  await world.open({ env: { ANTHROPIC_API_KEY: '' } });
  await world.newSession('web');
  const question = await world.ask('[[say welcome back]]', /Claude is not logged in.*run .*claude.* there and log in/);
  await world.apps[1]?.stop();
  await world.start('worker', { ANTHROPIC_API_KEY: 'sentinel-anthropic-key' }).waitForOutput(/Serving pool/);
  press(world, question, 'Retry');
  press(world, question, 'Retry');
  await world.shows('welcome back');
  await world.ask('[[say next]]', 'next');
  expect(world.count('welcome back')).toBe(1);
});

it('a line of 100 MB is dropped without filling the memory, and the answer arrives', async () => {
  await world.open({ apps: ['bot'] });
  const env = await wrappedClaude(
    `if (line.includes('"type":"result"')) for (let i = 0; i < 100; i += 1) process.stdout.write('x'.repeat(1_048_576))`,
  );
  const worker = world.start('worker', env);
  await worker.waitForOutput(/Serving pool/);
  await world.newSession('web');
  await world.ask('[[say the answer]]', 'the answer');
  await world.ask('[[say the next one]]', 'the next one');
  expect(await peakMemory(worker.pid)).toBeLessThan(400);
});

it('40,000 pieces of text to a worker that reads late arrive as one answer, whole', async () => {
  await world.open();
  await world.newSession('web');
  const request = world.modelIsAsked();
  world.say('[[stream 960000 over 2000]]');
  await request;
  const worker = world.apps[1];
  worker?.kill('SIGSTOP');
  // Nothing can be awaited of a frozen process: this is how late it reads, shorter than its lease.
  await delay(2_000);
  worker?.kill('SIGCONT');
  const shown = await world.shows(/The rest is in the file/);
  expect(shown.file?.size).toBe(960_000);
  expect(await peakMemory(worker?.pid ?? 0)).toBeLessThan(400);
});

it('a Claude that ends at its start is told, and Retry does the message when it starts again', async () => {
  await world.open({ apps: ['bot'] });
  const env = await wrappedClaude('');
  await world.start('worker', env).waitForOutput(/Serving pool/);
  await writeFile(join(env.dir, 'refuse'), '');
  await world.newSession('web');
  const question = await world.ask('[[say at last]]', /Claude Code did not start|ended unexpectedly/);
  await rm(join(env.dir, 'refuse'));
  press(world, question, 'Retry');
  await world.shows('at last');
});
