import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ANN, BOB, GROUP_ID } from '@signalbox/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ apps: ['bot', 'worker', 'worker'] });
  await world.ask('/new old', "Session 'old' created.");
  await world.ask('I am red [[say noted]]', 'noted');
  await world.ask('/new web', "Session 'web' created.");
  await world.ask('I am blue [[say noted too]]', 'noted too');
  await world.ask('/new db', "Session 'db' created.", BOB.id);
  world.telegram.say({ from: ANN.id, chat: GROUP_ID, text: '/new home' });
  await world.shows("Session 'home' created.", GROUP_ID);
});
afterAll(() => world.stop());

/** The sessions that the workers say they have found, each perhaps a part. */
function foundOnDisk(): string[] {
  const printed = world.apps.map((app) => app.output()).join('\n');
  const names = [...printed.matchAll(/Found on disk: ([\w, ]+)/g)].flatMap(([, list = '']) => list.split(', '));
  return [...new Set(names)].sort();
}

describe('Redis that comes back without its data', () => {
  it('stops no process and no running turn', async () => {
    const started = new Promise<void>((resolve) => world.simulator.anthropic.onRequest(() => resolve()));
    world.telegram.say({ from: BOB.id, text: 'I am Bob [[wait 3000]][[say answered all the same]]' });
    await started;
    process.kill(world.redis.pid, 'SIGKILL');
    await world.redis.ended;
    await rm(join(world.dir, 'redis'), { recursive: true });
    await world.restartRedis();
    await Promise.all(world.apps.map((app) => app.waitForOutput(/Redis at .* answers again/, 20_000)));
    await world.shows('answered all the same', BOB.id);
    expect(world.texts(BOB.id).filter((text) => /Continuing|answered/.test(text))).toEqual(['answered all the same']);
  });

  it('is told of the sessions on disk by the workers that run, and every chat goes on with its own', async () => {
    await expect.poll(foundOnDisk).toEqual(['db', 'home', 'old', 'web']);
    await world.ask('[[recall]]', /I am blue/);
    await world.ask('[[recall]]', /I am Bob/, BOB.id);
    world.telegram.say({ from: ANN.id, chat: GROUP_ID, text: '[[say at home]]' });
    await world.shows('at home', GROUP_ID);
    await world.ask('/session old', "Switched to session 'old'.");
    await world.ask('[[recall]]', /I am red/);
    await world.ask('/new web', "Session 'web' already exists. Use /session web to switch to it.");
    for (const app of world.apps) expect(() => process.kill(app.pid, 0)).not.toThrow();
  });
});
