import { describe, it, vi } from 'vitest';
import { BYPASS } from '../../support/directives.ts';
import { byName } from '../tools/by-name.ts';
import { freezeHolder, frozenMoments } from '../tools/freeze-holder.ts';
import { startTwoWorkers } from '../tools/two-workers.ts';

vi.setConfig({ maxConcurrency: 4, testTimeout: 300_000 });

describe.concurrent('a worker that is frozen', () => {
  it.for(byName(frozenMoments.slice(1)))(
    '%s is replaced, and does no harm when it wakes up',
    async ([, given], { expect, onTestFinished }) => {
      const scene = await startTwoWorkers(BYPASS);
      onTestFinished(() => scene.world.stop());
      await freezeHolder(scene, given, expect);
    },
  );
});
