import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { withFigures } from './reliability-page.ts';
import type { RunRecord } from './render-figures.ts';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');
const recorded = async (): Promise<RunRecord> => JSON.parse(await read('recorded/long-run.json'));
const page = () => read('../../docs/reliability.md');

it('the page names the figures of the last recorded run', async () => {
  expect(withFigures(await page(), await recorded())).toBe(await page());
});

it('the figures of another run make another page', async () => {
  const run = await recorded();
  const other = { ...run, figures: { ...run.figures, resent: run.figures.resent + 1 } };
  expect(withFigures(await page(), other)).not.toBe(await page());
});

it('a broken promise is told in bold', async () => {
  const run = await recorded();
  const figures = { ...run.figures, violations: { ...run.figures.violations, lost: 2 } };
  expect(withFigures(await page(), { ...run, figures })).toMatch(/\| lost: .* \| \*\*2\*\* \|/);
});

it('a page without a place for the figures is refused', async () => {
  const run = await recorded();
  expect(() => withFigures('# Reliability\n', run)).toThrow('docs/reliability.md: expected the line');
});
