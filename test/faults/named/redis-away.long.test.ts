import { setTimeout as delay } from 'node:timers/promises';
import { ANN, BOB } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { useWorldForEach } from '../../support/use-world.ts';
import { watchEffort } from '../tools/effort.ts';

// The second worker would take over whatever is let go.
const world = useWorldForEach({ apps: ['bot', 'worker', 'worker'] }, async () => {
  await world.newSession('web');
  await world.newSession('db', '', BOB.id);
});

/** Begins a turn and resolves when it has reached the model. */
async function beginTurn(text: string): Promise<void> {
  const started = world.modelIsAsked();
  world.say(text);
  await started;
}

const answers = (chat: number) => world.texts(chat).filter((text) => text.startsWith('answer'));

/** That nothing was lost, doubled, reordered or run twice, and no turn changed hands. */
async function expectAllOnce(ofAnn: readonly string[], ofBob: readonly string[]): Promise<void> {
  await world.shows(ofAnn.at(-1) ?? '');
  if (ofBob.length > 0) await world.shows(ofBob.at(-1) ?? '', BOB.id);
  expect(answers(ANN.id)).toEqual(ofAnn);
  expect(answers(BOB.id)).toEqual(ofBob);
  expect(world.simulator.anthropic.turns()).toHaveLength(ofAnn.length + ofBob.length);
  expect(world.texts().filter((text) => /Continuing|resent/.test(text))).toEqual([]);
}

describe('Redis in the middle of a turn', () => {
  it('away for 60 s is waited for without a hot loop, all reconnect within 20 s, and what was said meanwhile is handled', async () => {
    await beginTurn('[[wait 3000]][[say answer 1]]');
    await world.killRedis();
    const endEffort = await watchEffort(world.apps);
    for (const text of ['[[say answer 2]]', '[[say answer 3]]']) {
      world.say(text);
      world.telegram.say({ from: BOB.id, text });
    }
    await delay(60_000);
    for (const { name, cpu, linesPerSecond } of await endEffort()) {
      expect(cpu, name).toBeLessThan(0.2);
      expect(linesPerSecond, name).toBeLessThan(2);
    }
    await world.restartRedis();
    await Promise.all(world.apps.map((app) => app.waitForOutput(/Redis at .* answers again/)));
    await expectAllOnce(['answer 1', 'answer 2', 'answer 3'], ['answer 2', 'answer 3']);
  }, 300_000);

  it('hung for longer than a lease lives is waited for, and the turn stays where it is', async () => {
    await beginTurn('[[wait 3000]][[say answer 1]]');
    const endEffort = await watchEffort(world.apps);
    process.kill(world.redis.pid, 'SIGSTOP');
    for (const from of [ANN.id, BOB.id]) world.telegram.say({ from, text: '[[say answer 2]]' });
    await delay(8_000);
    for (const { name, linesPerSecond } of await endEffort()) expect(linesPerSecond, name).toBeLessThan(4);
    process.kill(world.redis.pid, 'SIGCONT');
    await expectAllOnce(['answer 1', 'answer 2'], ['answer 2']);
  });
});
