import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BOB, GROUP_ID } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { useWorld } from '../../support/use-world.ts';

const world = useWorld({ apps: ['bot', 'worker', 'worker'] }, async () => {
  await world.newSession('old');
  await world.ask('I am red [[say noted]]', 'noted');
  await world.newSession('web');
  await world.ask('I am blue [[say noted too]]', 'noted too');
  await world.newSession('db', '', BOB.id);
  world.say('/new home', { chat: GROUP_ID });
  await world.shows("Session 'home' created.", GROUP_ID);
});

/** The sessions that the workers say they have found, each perhaps a part. */
function foundOnDisk(): string[] {
  const printed = world.apps.map((app) => app.output()).join('\n');
  const names = [...printed.matchAll(/Found on disk: ([\w, ]+)/g)].flatMap(([, list = '']) => list.split(', '));
  return [...new Set(names)].sort();
}

describe('Redis that comes back without its data', () => {
  it('stops no process and no running turn', async () => {
    const started = world.modelIsAsked();
    world.say('I am Bob [[wait 3000]][[say answered all the same]]', { from: BOB.id });
    await started;
    await world.killRedis();
    await rm(join(world.dir, 'redis'), { recursive: true });
    await world.restartRedis();
    await Promise.all(world.apps.map((app) => app.waitForOutput(/Redis at .* answers again/)));
    await world.shows('answered all the same', BOB.id);
    expect(world.texts(BOB.id).filter((text) => /Continuing|answered/.test(text))).toEqual(['answered all the same']);
  });

  it('is told of the sessions on disk by the workers that run, and every chat goes on with its own', async () => {
    await expect.poll(foundOnDisk).toEqual(['db', 'home', 'old', 'web']);
    await world.ask('[[recall]]', /I am blue/);
    await world.ask('[[recall]]', /I am Bob/, BOB.id);
    world.say('[[say at home]]', { chat: GROUP_ID });
    await world.shows('at home', GROUP_ID);
    await world.ask('/session old', "Switched to session 'old'.");
    await world.ask('[[recall]]', /I am red/);
    await world.ask('/new web', "Session 'web' already exists. Use /session web to switch to it.");
    for (const app of world.apps) expect(() => process.kill(app.pid, 0)).not.toThrow();
  });
});
