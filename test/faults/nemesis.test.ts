import { expect, it } from 'vitest';
import type { Fault, FaultContext } from './fault.ts';
import { runNemesis } from './nemesis.ts';
import { createRandom } from './random.ts';

const betweenMs = { least: 0, most: 0 };
const given = { random: createRandom(1) } as Omit<FaultContext, 'pause' | 'later'>;

/** Runs faults that only note themselves, until so many have struck. `first`: what each does before it is over. */
async function strikesOf(
  names: readonly string[],
  count: number,
  first: (context: FaultContext, struck: readonly string[]) => boolean = () => true,
) {
  const over = new AbortController();
  const struck: string[] = [];
  const fault = (name: string, weight: number): Fault => ({
    name,
    weight,
    async strike(context) {
      if (!first(context, struck)) return false;
      struck.push(name);
      if (struck.length === count) over.abort();
      return true;
    },
  });
  const faults = names.map((name, i) => fault(name, i + 1));
  await runNemesis(faults, given, { betweenMs, signal: over.signal });
  return struck;
}

it('breaks each thing once before any comes again, and then the heavier more often', async () => {
  const struck = await strikesOf(['light', 'middle', 'heavy'], 300);
  expect(struck.slice(0, 3).sort()).toEqual(['heavy', 'light', 'middle']);
  const count = (name: string) => struck.filter((each) => each === name).length;
  expect(count('heavy')).toBeGreaterThan(count('light'));
  expect(count('light')).toBeGreaterThan(10);
});

it('tries again later what could not be broken in the first round', async () => {
  let asked = 0;
  const struck = await strikesOf(['only'], 1, () => {
    asked += 1;
    return asked > 2;
  });
  expect(struck).toEqual(['only']);
  expect(asked).toBe(3);
});

it('ends when all is mended', async () => {
  let isMended = false;
  await strikesOf(['only'], 1, ({ later, pause }) => {
    later(
      // Cut short: the faults are over.
      pause(60_000).then(() => {
        isMended = true;
      }),
    );
    return true;
  });
  expect(isMended).toBe(true);
});
