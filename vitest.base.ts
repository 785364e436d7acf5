import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { PATIENCE_MS } from './test/support/patience.ts';

const support = (file: string) => fileURLToPath(new URL(`./test/support/${file}`, import.meta.url));

/** Tests run from source: the workspace's packages resolve by the same condition as in development. */
export default defineConfig({
  resolve: { conditions: ['@signalbox/source'] },
  ssr: { resolve: { conditions: ['@signalbox/source'], externalConditions: ['@signalbox/source'] } },
  test: {
    include: ['src/**/*.test.ts'],
    passWithNoTests: true,
    // Many start real processes; a busy machine needs time for that, and for what is polled.
    testTimeout: 2 * PATIENCE_MS,
    hookTimeout: 2 * PATIENCE_MS,
    expect: { poll: { timeout: PATIENCE_MS } },
    // Tests keep no state in modules, so files may share what is loaded: it is half of the time otherwise.
    isolate: false,
    globalSetup: [support('leak-check.ts')],
    reporters: ['default', support('slowest-files.ts')],
  },
});
