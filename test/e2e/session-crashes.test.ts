import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ANN } from '@signalbox/simulator';
import { afterEach, describe, expect, it } from 'vitest';
import { press } from '../support/press.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.stop());

/** A background task that does not end when it is told to, and says that it was told. */
const stubborn = (flag: string) => {
  const command = `trap 'touch ${flag}' TERM; while :; do sleep 0.1; done`;
  return `[[tool Bash ${JSON.stringify({ command, description: 'test', run_in_background: true })}]]`;
};

/** A session with a conversation and something that takes seconds to stop; resolves to the file that tells of the stop. */
async function startStubborn(): Promise<string> {
  world = await startWorld({ env: { PERMISSION_MODE: 'bypassPermissions', IS_SANDBOX: '1' } });
  await world.ask('/new web', "Session 'web' created.");
  const flag = join(world.dir, 'told');
  await world.ask(`I am blue ${stubborn(flag)}[[say noted]]`, 'noted');
  return flag;
}

/** Kills the worker as soon as it has begun to stop what runs, and starts another. */
async function killWorkerWhen(flag: string): Promise<void> {
  await expect.poll(() => existsSync(flag), { timeout: 20_000, interval: 20 }).toBe(true);
  const worker = world.apps[1];
  worker?.kill('SIGKILL');
  await worker?.ended;
  await world.startAll(['worker']);
}

describe('a worker that is killed in the middle', () => {
  it('of a rename is replaced: the session has its new name, its history, and no Claude of the old one', async () => {
    const flag = await startStubborn();
    world.telegram.say({ from: ANN.id, text: '/rename site' });
    world.telegram.say({ from: ANN.id, text: '[[recall]]' });
    await killWorkerWhen(flag);
    await world.shows("Session 'web' is called 'site' now.");
    await world.shows(/I am blue/);
    expect(world.texts().filter((text) => text.includes('is called'))).toHaveLength(1);
    expect(await readdir(join(world.dir, 'sessions'))).toEqual(['site']);
    const claudes = (await world.claudes()).filter(({ command }) => command.includes('--input-format'));
    expect(claudes).toHaveLength(1);
  });

  it('of a deletion is replaced: nothing of the session is left, and nothing of it runs', async () => {
    const flag = await startStubborn();
    const asked = await world.ask('/delete web', /^Delete session 'web'/);
    press(world, asked, 'Delete');
    await killWorkerWhen(flag);
    await world.shows("Session 'web' is deleted.");
    expect(await readdir(join(world.dir, 'sessions'))).toEqual([]);
    expect(await world.claudes()).toEqual([]);
    await world.ask('hello?', 'No active session. Use /new <name> to start one.');
  });

  it('of a summary is replaced: there is one summary, and the conversation goes on', async () => {
    world = await startWorld();
    await world.ask('/new web', "Session 'web' created.");
    await world.ask('I am blue [[say noted]]', 'noted');
    const asked = new Promise<void>((resolve) => {
      world.simulator.anthropic.onRequest(() => resolve());
    });
    world.telegram.say({ from: ANN.id, text: '/compact' });
    await asked;
    const worker = world.apps[1];
    worker?.kill('SIGKILL');
    await worker?.ended;
    await world.startAll(['worker']);
    await world.shows(/^The conversation was replaced by a summary/);
    await world.ask('[[recall]]', /I am blue/);
    expect(world.texts().filter((text) => text.includes('summary'))).toHaveLength(1);
  });
});
