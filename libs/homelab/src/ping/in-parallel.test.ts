import { expect, it } from 'vitest';
import { inParallel } from './in-parallel.ts';

it('things done in parallel are never more than the limit, and the results keep their order', async () => {
  const ends: (() => void)[] = [];
  let atOnce = 0;
  const results = inParallel(['a', 'b', 'c', 'd', 'e'], 2, async (item) => {
    atOnce += 1;
    expect(atOnce).toBeLessThanOrEqual(2);
    await new Promise<void>((end) => ends.push(end));
    atOnce -= 1;
    return item.toUpperCase();
  });
  for (let ended = 0; ended < 5; ended += 1) {
    await expect.poll(() => ends.length).toBeGreaterThan(0);
    ends.pop()?.(); // the later one first
  }
  expect(await results).toEqual(['A', 'B', 'C', 'D', 'E']);
});
