import { readFile } from 'node:fs/promises';
import { measureRendering } from '../../apps/bot/src/rendering/measure-rendering.ts';
import { type Row, withSpread } from './row.ts';
import { spreadOf } from './statistics.ts';

/** How long the text is that is rendered, in UTF-16 units: some hundred answers of ordinary length. */
const LENGTH = 100_000;
const TRIES = 11;

/** How fast Claude's Markdown is turned into what Telegram takes. */
export async function measureRenderingSpeed(): Promise<Row[]> {
  const fixture = new URL('../../apps/bot/src/rendering/fixtures/answer.md', import.meta.url);
  const answer = `${await readFile(fixture, 'utf8')}\n\n`;
  const markdown = answer.repeat(Math.ceil(LENGTH / answer.length)).slice(0, LENGTH);
  const values = Array.from({ length: TRIES }, () => measureRendering(markdown, 3).bytesPerSecond / 1e6);
  const what = 'Markdown rendered for Telegram';
  return [
    {
      what,
      measured: `${withSpread(spreadOf(values))} MB/s`,
      against: '–',
      result: '–',
      series: [{ label: what, unit: 'MB/s', values }],
    },
  ];
}
