import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ANN } from '@signalbox/simulator';
import { describe, expect, it, type TestContext, vi } from 'vitest';
import { pathsIn, transfersOf } from '../../support/files.ts';
import { openWorld } from '../../support/use-world.ts';
import type { World } from '../../support/world.ts';
import { until } from '../tools/until.ts';

// Most of a test is waiting for leases to run out: a few beside each other cost little more than one.
vi.setConfig({ maxConcurrency: 3, testTimeout: 300_000 });

const DATA = Buffer.alloc(1_500_000, 'signalbox ');

async function start({ onTestFinished }: TestContext, env: Record<string, string> = {}): Promise<World> {
  const world = await openWorld({ env }, onTestFinished);
  await world.newSession('web');
  return world;
}

const send = (world: World, more: object = {}) =>
  world.telegram.sendFile({ from: ANN.id, name: 'log.bin', data: DATA, caption: '[[say read]]', ...more });

/** Nothing of a file stays in Redis. */
const nothingLeft = (world: World) =>
  until('Redis to hold nothing of the file', async () => (await transfersOf(world)).length === 0);

/** Holds that the file came whole, once, in one turn, and that nothing of it is left on the way. */
async function expectOnce(world: World): Promise<void> {
  await world.shows('read');
  const turns = world.simulator.anthropic.turns();
  expect(turns).toHaveLength(1);
  const [path = ''] = pathsIn(turns[0]?.lastUserText ?? '');
  expect((await readFile(path)).equals(DATA)).toBe(true);
  expect(await readdir(join(path, '..'))).toHaveLength(1);
  expect(world.count('read')).toBe(1);
  expect(world.texts().filter((text) => text.startsWith('⚠️'))).toEqual([]);
  await nothingLeft(world);
}

describe.concurrent('a file of a person', () => {
  it('arrives once although its worker is killed while it is fetched', async (context) => {
    const world = await start(context);
    const fault = world.telegram.faults.add({ method: 'getFile', effect: { delayMs: 2_000 } });
    send(world);
    await until('the fetching', () => fault.hits === 1);
    await world.replace('worker');
    await expectOnce(world);
  });

  it('arrives once although the bot is killed in the middle of the download', async (context) => {
    const world = await start(context);
    const fault = world.telegram.faults.add({ method: 'download', effect: 'hang' });
    send(world);
    await until('the download', () => fault.hits === 1);
    await world.replace('bot');
    await expectOnce(world);
  });

  it('arrives once although its worker and the bot are killed, and Redis restarted', async (context) => {
    const world = await start(context);
    const fault = world.telegram.faults.add({ method: 'download', effect: 'hang' });
    send(world);
    await until('the download', () => fault.hits === 1);
    await world.killRedis();
    await world.restartRedis();
    await Promise.all([world.replace('worker'), world.replace('bot')]);
    await expectOnce(world);
  });

  it('that was being transcribed when its worker was killed is transcribed, said once, and no command is left', async (context) => {
    const world = await start(context, {
      TRANSCRIBE_COMMAND: 'sh -c \'[ -e "$0.seen" ] || { : > "$0.seen"; exec sleep 600; }; echo read it\'',
    });
    send(world, { as: 'voice' });
    const commands = async () => (await world.claudes()).filter(({ command }) => command.includes('sleep 600'));
    await until('the command', async () => (await commands()).length === 1);
    await world.replace('worker');
    await world.shows('read');
    expect(world.count('🎙 “read it”')).toBe(1);
    expect(await commands()).toEqual([]);
  });
});

describe.concurrent('a file of Claude', () => {
  it('is shown once although its worker is killed before the turn has ended', async (context) => {
    const world = await start(context);
    await writeFile(join(world.dir, 'sessions/web/workspace/out.txt'), 'result');
    const use = '[[tool mcp__signalbox__send_file {"paths":["out.txt"]}]]';
    world.say(`${use}[[wait 2000]][[say sent]]`);
    await until('the file', () => world.shown().some(({ file }) => file?.name === 'out.txt'));
    await world.replace('worker');
    await world.shows('sent');
    expect(world.shown().filter(({ file }) => file?.name === 'out.txt')).toHaveLength(1);
    await nothingLeft(world);
  });

  it('is marked if the bot was killed when it may have been shown already', async (context) => {
    const world = await start(context);
    await writeFile(join(world.dir, 'sessions/web/workspace/out.txt'), 'result');
    const fault = world.telegram.faults.add({ method: 'sendDocument', effect: 'hang' });
    world.say('[[tool mcp__signalbox__send_file {"paths":["out.txt"]}]]');
    await until('the sending', () => fault.hits === 1);
    await world.replace('bot');
    const shown = await world.shows(/^\(resent after restart\)/);
    expect(Buffer.from(world.telegram.fileData(shown.file?.fileId ?? '')).toString()).toBe('result');
    await nothingLeft(world);
  });
});
