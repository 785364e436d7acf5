import { mergeConfig } from 'vitest/config';
import base from '../vitest.base.ts';
import { PATIENCE_MS } from './support/patience.ts';

/** Tests of the whole on real parts. They start processes and wait for clocks more than they
 * work: three files at a time, with time to do so. */
export default mergeConfig(base, {
  test: {
    include: ['**/*.test.ts'],
    testTimeout: 3 * PATIENCE_MS,
    hookTimeout: 3 * PATIENCE_MS,
    maxWorkers: 3,
  },
});
