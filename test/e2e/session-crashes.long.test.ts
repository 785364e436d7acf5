import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BYPASS, bash } from '../support/directives.ts';
import { press } from '../support/press.ts';
import { useWorldToOpen } from '../support/use-world.ts';

const world = useWorldToOpen();

/** A background task that does not end when it is told to, and says that it was told. */
const stubborn = (flag: string) => {
  const command = `trap 'touch ${flag}' TERM; while :; do sleep 0.1; done`;
  return bash(command, { run_in_background: true });
};

/** A session with a conversation and something that takes seconds to stop; resolves to the file that tells of the stop. */
async function startStubborn(): Promise<string> {
  await world.open({ env: BYPASS });
  await world.newSession('web');
  const flag = join(world.dir, 'told');
  await world.ask(`I am blue ${stubborn(flag)}[[say noted]]`, 'noted');
  return flag;
}

/** Kills the worker as soon as it has begun to stop what runs, and starts another. */
async function killWorkerWhen(flag: string): Promise<void> {
  await expect.poll(() => existsSync(flag), { interval: 20 }).toBe(true);
  await world.replace('worker');
}

describe('a worker that is killed in the middle', () => {
  it('of a rename is replaced: the session has its new name, its history, and no Claude of the old one', async () => {
    const flag = await startStubborn();
    world.say('/rename site');
    world.say('[[recall]]');
    await killWorkerWhen(flag);
    await world.shows("Session 'web' is called 'site' now.");
    await world.shows(/I am blue/);
    expect(world.texts().filter((text) => text.includes('is called'))).toHaveLength(1);
    expect(await readdir(join(world.dir, 'sessions'))).toEqual(['site']);
    const claudes = await world.claudesAlone();
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
    await world.open();
    await world.newSession('web');
    await world.ask('I am blue [[say noted]]', 'noted');
    const asked = world.modelIsAsked();
    world.say('/compact');
    await asked;
    await world.replace('worker');
    await world.shows(/^The conversation was replaced by a summary/);
    await world.ask('[[recall]]', /I am blue/);
    expect(world.texts().filter((text) => text.includes('summary'))).toHaveLength(1);
  });
});
