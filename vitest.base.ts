import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const support = (file: string) => fileURLToPath(new URL(`./test/support/${file}`, import.meta.url));

/** Tests run from source: the workspace's packages resolve by the same condition as in development. */
export default defineConfig({
  resolve: { conditions: ['@signalbox/source'] },
  ssr: { resolve: { conditions: ['@signalbox/source'], externalConditions: ['@signalbox/source'] } },
  test: {
    include: ['src/**/*.test.ts'],
    passWithNoTests: true,
    // Many start real processes; a busy machine needs time for that.
    testTimeout: 30_000,
    globalSetup: [support('leak-check.ts')],
    reporters: ['default', support('slowest-files.ts')],
  },
});
