import { setTimeout as delay } from 'node:timers/promises';
import type { Queues } from '@signalbox/queues';
import { describe, expect, it } from 'vitest';
import { useWorldForEach } from '../../support/use-world.ts';
import { watchEffort } from '../tools/effort.ts';

let queues: Queues;
const world = useWorldForEach({ apps: ['bot', 'worker', 'worker'] }, async () => {
  queues = world.closeAtEnd(await world.openQueues());
  await world.newSession('web');
});

async function beginTurn(text: string): Promise<void> {
  const started = world.modelIsAsked();
  world.say(text);
  await started;
}

const linesWith = (pattern: RegExp) =>
  world.apps.map((app) =>
    app
      .output()
      .split('\n')
      .filter((line) => pattern.test(line)),
  );
const answers = () => world.texts().filter((text) => text.startsWith('answer'));

/** What must come of a turn that ends, and a message that is sent, while Redis takes no writes. */
async function expectAllOnce(): Promise<void> {
  await world.shows('answer 2');
  expect(answers()).toEqual(['answer 1', 'answer 2']);
  expect(world.simulator.anthropic.turns()).toHaveLength(2);
  expect(world.texts().filter((text) => /Continuing|resent/.test(text))).toEqual([]);
}

/** That the bot holds the offset, nothing is answered, and nobody works in a loop. */
async function expectCalm(endEffort: Awaited<ReturnType<typeof watchEffort>>): Promise<void> {
  expect(answers()).toEqual([]);
  expect(world.telegram.pendingUpdates).toHaveLength(1);
  for (const { name, cpu, linesPerSecond } of await endEffort()) {
    expect(cpu, name).toBeLessThan(0.2);
    expect(linesPerSecond, name).toBeLessThan(4);
  }
}

describe('Redis that has become a read-only replica', () => {
  it('for longer than a lease lives is said once, and all goes on where it was when it is a master again', async () => {
    await beginTurn('[[wait 2000]][[say answer 1]]');
    const endEffort = await watchEffort(world.apps);
    await queues.redis.replicaof('127.0.0.1', 1);
    world.say('[[say answer 2]]');
    await delay(7_000);
    await expectCalm(endEffort);
    await queues.redis.replicaof('NO', 'ONE');
    await expectAllOnce();
    for (const lines of linesWith(/is a read-only replica and takes no writes\. .*REPLICAOF NO ONE/))
      expect(lines).toHaveLength(1);
    // Each process looks for itself, once a second.
    await expect.poll(() => linesWith(/Redis at .* answers again/).every(({ length }) => length === 1)).toBe(true);
  });
});

describe('Redis whose memory is used up', () => {
  it('takes nothing, which is logged, and all is delivered in order when it has room again', async () => {
    await beginTurn('[[wait 2000]][[say answer 1]]');
    const endEffort = await watchEffort(world.apps);
    // Queues that have work and no holder are asked for four times a second.
    await queues.redis.sadd('signalbox:pending:session.default', 'session-a', 'session-b', 'session-c');
    await queues.redis.config('SET', 'maxmemory', '1');
    world.say('[[say answer 2]]');
    await delay(4_000);
    await expectCalm(endEffort);
    expect(world.apps[0]?.output()).toMatch(/OOM command not allowed.*An update waits: it could not be written down/);
    expect(linesWith(/OOM command not allowed.*A reply waits for Redis/).flat()).not.toEqual([]);
    expect(linesWith(/A queue met an error/).flat()).toEqual([]);
    const [, ...ofWorkers] = linesWith(/has no room left and takes no writes/);
    expect(ofWorkers.map(({ length }) => length)).toEqual([1, 1]);
    await queues.redis.config('SET', 'maxmemory', '0');
    await expectAllOnce();
  });
});
