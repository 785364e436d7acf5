import { readFile } from 'node:fs/promises';
import { measureRendering } from '../../apps/bot/src/rendering/markdown/measure-rendering.ts';
import { fill, SLOW_LENGTH, slowDocuments } from '../../apps/bot/testing/slow-documents.ts';
import { milliseconds, type Row, withSpread } from './row.ts';
import { spreadOf } from './statistics.ts';

const TRIES = 11;
/** What is promised: of an ordinary text in MB/s, of any text of that length in ms. */
const LEAST_MEGABYTES = 1;
const MOST_MS = 300;

/** How fast Claude's Markdown is turned into what Telegram takes: some hundred answers of ordinary length, and the slowest text known. */
export async function measureRenderingSpeed(): Promise<Row[]> {
  const fixture = new URL('../../apps/bot/src/rendering/fixtures/answer.md', import.meta.url);
  const markdown = fill(`${await readFile(fixture, 'utf8')}\n\n`);
  const values = Array.from({ length: TRIES }, () => measureRendering(markdown, 3).bytesPerSecond / 1e6);
  const spread = spreadOf(values);
  const what = 'Markdown rendered for Telegram';
  return [
    {
      what,
      measured: `${withSpread(spread)} MB/s`,
      against: '–',
      result: '–',
      goal: { text: `≥ ${LEAST_MEGABYTES} MB/s`, met: spread.median >= LEAST_MEGABYTES },
      series: [{ label: what, unit: 'MB/s', values }],
    },
    slowestRow(),
  ];
}

function slowestRow(): Row {
  const times = slowDocuments.map(([name, markdown]) => ({ name, ms: measureRendering(markdown, 3).bestMs }));
  const [slowest = { name: 'none', ms: 0 }] = times.toSorted((a, b) => b.ms - a.ms);
  const what = `${slowDocuments.length} texts of ${SLOW_LENGTH / 1_000} kB that are slow to parse: the slowest`;
  return {
    what,
    measured: milliseconds(slowest.ms),
    against: '–',
    result: slowest.name,
    goal: { text: `≤ ${MOST_MS} ms`, met: slowest.ms <= MOST_MS },
    series: [{ label: what, unit: 'ms', values: times.map(({ ms }) => ms) }],
  };
}
