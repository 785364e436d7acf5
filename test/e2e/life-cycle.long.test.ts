import { describe, expect, it } from 'vitest';
import { useWorldToOpen } from '../support/use-world.ts';

const world = useWorldToOpen();

describe('an idle session', () => {
  it('is not suspended while a turn runs', async () => {
    await world.open({ env: { IDLE_TIMEOUT_MINUTES: '0.01' } });
    await world.newSession('web');
    await world.ask('[[wait 3000]][[say after three seconds]]', 'after three seconds');
    expect(world.texts().filter((text) => /Resuming|Continuing/.test(text))).toEqual([]);
    expect(world.simulator.anthropic.turns()).toHaveLength(1);
  });
});

describe('a worker', () => {
  it('beside others serves each session alone, and its sessions are taken over when it stops', async () => {
    await world.open({ apps: ['bot', 'worker', 'worker'] });
    await world.newSession('web');
    await world.ask('I am blue [[say noted]]', 'noted');
    const owner = String((await world.metadata('web')).pid);
    await world.apps[1]?.stop();
    await world.ask('[[recall]]', /I am blue/);
    await world.apps[2]?.stop();
    await world.startAll(['worker']);
    await world.ask('[[say third]]', 'third');
    expect(String((await world.metadata('web')).pid)).not.toBe(owner);
  });
});
