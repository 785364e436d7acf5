import type { Report } from '@signalbox/homelab';
import { expect, it } from 'vitest';
import { createTestLog } from '../../testing/world.ts';
import { watchHouse } from './watch-house.ts';

const DOWN: Report = { level: 'error', title: 'Kuma', lines: [{ level: 'error', text: 'nas is down', about: 'nas' }] };
const UP: Report = { level: 'ok', title: 'Kuma', lines: [] };

/** Has one watch after the other look at these, with the same memory, and says what they told. Looks cost no time. */
async function watch(...watches: (Report | Error)[][]): Promise<string[]> {
  let known: string | undefined;
  const told: string[] = [];
  for (const looks of watches) {
    const end = new AbortController();
    const left = [...looks];
    await watchHouse(
      { names: ['kuma'], everyMs: 0, quietHours: undefined, pool: 'default' },
      {
        log: createTestLog().log,
        acquire: async () => ({ lost: new AbortController().signal, release: async () => undefined }),
        houseRecords: {
          problems: async () => known,
          async keepProblems(_pool, _name, problems) {
            known = problems;
          },
        },
        look: async () => {
          const report = left.shift() ?? UP;
          if (report instanceof Error) throw report;
          return report;
        },
        onBug: async () => undefined,
        tell: async ({ items }) => void told.push(...items.map(({ level, text }) => `${level}: ${text}`)),
        pause: async () => {
          if (left.length === 0) end.abort();
        },
      },
      end.signal,
    );
  }
  return told;
}

it('tells an end that two looks of one watch have seen', async () => {
  expect(await watch([DOWN, DOWN, UP, UP])).toEqual(['error: nas is down', 'ok: nas is down']);
  expect(await watch([DOWN, DOWN, UP], [UP, UP])).toEqual(['error: nas is down', 'ok: nas is down']);
});

it('takes what two watches have seen, or what was seen around a look that failed, for no calm', async () => {
  expect(await watch([DOWN, DOWN, UP], [UP, DOWN, UP], [UP, DOWN])).toEqual(['error: nas is down']);
  expect(await watch([DOWN, DOWN, UP, new Error('a bug'), UP, DOWN])).toEqual(['error: nas is down']);
});
