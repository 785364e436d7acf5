import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fill, slowDocuments } from '../../testing/slow-documents.ts';
import { measureRendering } from './measure-rendering.ts';

/** What is promised of an ordinary answer, in UTF-8 bytes a second. */
const LEAST_BYTES_PER_SECOND = 1_000_000;
/** An ordinary document of this size takes about 15 ms, so this is the goal of 300 ms on a machine of any speed and with any load. */
const MOST_TIMES_ORDINARY = 20;

const answer = readFileSync(new URL('./fixtures/answer.md', import.meta.url), 'utf8');
const ordinary = measureRendering(fill(`${answer}\n\n`), 10);

it('renders an ordinary answer at a megabyte a second at least', () => {
  expect(ordinary.bytesPerSecond).toBeGreaterThan(LEAST_BYTES_PER_SECOND);
});

it.each(slowDocuments)('takes not much longer for %s than for an ordinary text of that size', (_name, markdown) => {
  expect(measureRendering(markdown, 2).bestMs / ordinary.bestMs).toBeLessThan(MOST_TIMES_ORDINARY);
});
