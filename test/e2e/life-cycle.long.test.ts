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
