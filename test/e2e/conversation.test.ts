import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

describe('the main job', () => {
  it('answers a message through the real CLI', async () => {
    await world.ask('/new web', "Session 'web' created.");
    const answer = await world.ask('Hello there', /simulated/i);
    expect(answer.text).toContain('Hello there');
  });
});
