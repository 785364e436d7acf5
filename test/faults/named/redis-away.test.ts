import { ANN, BOB } from '@signalbox/simulator';
import { describe, expect, it } from 'vitest';
import { useWorldForEach } from '../../support/use-world.ts';

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
  it('killed and restarted with its AOF loses nothing, and the turn stays where it is', async () => {
    await beginTurn('[[wait 3000]][[say answer 1]]');
    await world.killRedis();
    world.say('[[say answer 2]]');
    await world.restartRedis();
    await expectAllOnce(['answer 1', 'answer 2'], []);
  });
});
