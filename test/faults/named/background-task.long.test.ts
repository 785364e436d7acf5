import { access, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BYPASS, bash } from '../../support/directives.ts';
import { useWorldForEach } from '../../support/use-world.ts';

let ends: string;
const env = { ...BYPASS, IDLE_TIMEOUT_MINUTES: '0.02', GRACE_SECONDS: '1' };
const world = useWorldForEach({ env }, async () => {
  ends = join(world.dir, 'ends');
  await world.newSession('web');
});

const CUT_OFF = "⚠️ A background task of session 'web' was cut off: its Claude process ended.";
/** A late turn that is long enough to be caught in it, also on a slow machine. */
const LATE = '[[wait 6000]][[say It has ended.]]';
const metadata = async (field: string) => (await world.metadata('web'))[field];

/** Has Claude start a task that goes on until the file `ends` is there; `later` is what Claude does when it has ended. */
async function startTask(later: string): Promise<void> {
  const started = join(world.dir, 'started');
  const command = `touch ${started}; until test -e ${ends}; do sleep 0.1; done`;
  const tool = bash(command, { run_in_background: true });
  await world.ask(`${tool}[[say It runs.]][[later]]${later}`, 'It runs.');
  await expect.poll(() => access(started).then(() => true)).toBe(true);
}

/** Whether Claude's transcript holds the report that the task has ended: it is written a moment after the model was asked. */
async function hasReport(): Promise<boolean> {
  const projects = join(world.dir, 'claude', 'projects');
  const files = (await readdir(projects, { recursive: true })).filter((file) => file.endsWith('.jsonl'));
  const texts = await Promise.all(files.map((file) => readFile(join(projects, file), 'utf8')));
  return texts.some((text) => text.includes('"origin":{"kind":"task-notification"'));
}

/** Resolves when the model is asked to answer the end of the task. */
const lateTurn = () => world.modelIsAsked(({ kind }) => kind === 'side');

it('a session with a background task is not suspended when it is idle, and what Claude says at its end arrives once', async () => {
  await startTask('[[say It has ended.]]');
  await expect.poll(() => metadata('background')).toBe('task');
  const idleMs = async () => Date.now() - Date.parse(String(await metadata('lastUsedAt')));
  await expect.poll(idleMs).toBeGreaterThan(3_000);
  expect(await metadata('status')).toBe('active');
  await writeFile(ends, '');
  await world.shows('It has ended.');
  await expect.poll(() => metadata('status')).toBe('suspended');
  expect(world.count('It has ended.')).toBe(1);
  expect(world.count(CUT_OFF)).toBe(0);
});

it('a background task whose worker is killed is ended by the next worker, which says so although nothing was sent', async () => {
  await startTask('[[say It has ended.]]');
  await expect.poll(() => metadata('background')).toBe('task');
  await world.replace('worker');
  await world.shows(CUT_OFF);
  const tasks = async () => (await world.claudes()).filter(({ command }) => command.includes('until test -e'));
  expect(await tasks()).toEqual([]);
  await world.ask('[[say on we go]]', 'on we go');
  expect(world.count(CUT_OFF)).toBe(1);
});

it('a background task whose worker is told to stop is ended with a word in the chat, once', async () => {
  await startTask('[[say It has ended.]]');
  await expect.poll(() => metadata('background')).toBe('task');
  await world.replace('worker', 'SIGTERM');
  await world.shows(CUT_OFF);
  await world.ask('[[say on we go]]', 'on we go');
  expect(world.count(CUT_OFF)).toBe(1);
});

it('a late turn whose Claude is killed before it wrote anything is told to be lost, or is continued if it was written just in time', async () => {
  await startTask(LATE);
  await expect.poll(() => metadata('background')).toBe('task');
  const asked = lateTurn();
  await writeFile(ends, '');
  await asked;
  await expect.poll(() => metadata('background')).toBe('turn');
  await world.replace('worker');
  await world.shows(/It has ended\.|what Claude was about to say of it was lost/);
  await world.ask('[[say on we go]]', 'on we go');
  expect(world.texts().filter((text) => /It has ended\.|was lost/.test(text))).toHaveLength(1);
});

it.each(['SIGKILL', 'SIGTERM'] as const)(
  'a late turn that a worker is at when it gets %s is continued by the next one, and said once',
  async (signal) => {
    await startTask(LATE);
    await expect.poll(() => metadata('background')).toBe('task');
    const asked = lateTurn();
    await writeFile(ends, '');
    await asked;
    await expect.poll(() => metadata('background')).toBe('turn');
    await expect.poll(hasReport).toBe(true);
    await world.replace('worker', signal);
    await world.shows('It has ended.');
    await world.ask('[[say on we go]]', 'on we go');
    expect(world.count('It has ended.')).toBe(1);
    expect(world.count(CUT_OFF)).toBe(0);
  },
);

it.each([
  ['that answers', false],
  ['that is frozen', true],
])(
  'a late turn of a Claude %s ends when it is stopped, which is told, and the next late turn is left alone',
  async (_what, isFrozen) => {
    await startTask(`${bash('touch begun && tail -f begun')}[[say on and on]]`);
    await expect.poll(() => metadata('background')).toBe('task');
    await writeFile(ends, '');
    const tails = async () => (await world.claudes()).filter(({ command }) => command.startsWith('tail -f')).length;
    await expect.poll(tails).toBe(1);
    await expect.poll(() => metadata('background')).toBe('turn');
    if (isFrozen) process.kill(Number(await metadata('pid')), 'SIGSTOP');
    await world.ask('/stop', '⏹ Stopped.');
    await expect.poll(tails).toBe(0);
    await expect.poll(() => metadata('background')).toBe('none');
    if (isFrozen) return;
    await rm(ends);
    await startTask('[[say It has ended.]]');
    await writeFile(ends, '');
    await world.shows('It has ended.');
  },
);

it('a late turn that is stopped while no worker runs is not continued by the next one', async () => {
  await startTask(LATE);
  await expect.poll(() => metadata('background')).toBe('task');
  const asked = lateTurn();
  await writeFile(ends, '');
  await asked;
  await expect.poll(() => metadata('background')).toBe('turn');
  await expect.poll(hasReport).toBe(true);
  await world.end('worker');
  world.say('/stop');
  await expect.poll(() => world.telegram.pendingUpdates.length).toBe(0);
  await world.startAll(['worker']);
  await world.shows('⏹ Stopped.');
  await world.ask('[[say on we go]]', 'on we go');
  expect(world.count('It has ended.')).toBe(0);
});
