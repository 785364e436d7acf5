import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { measureRendering } from './measure-rendering.ts';

const SIZE = 100_000;
/** An ordinary document of this size takes about 20 ms, so this is the goal of 300 ms on a machine of any speed, with some room. */
const MOST_TIMES_ORDINARY = 30;

const fill = (unit: string, size = SIZE) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
const answer = readFileSync(new URL('./fixtures/answer.md', import.meta.url), 'utf8');
const ordinary = measureRendering(fill(`${answer}\n\n`)).bestMs;

it.each([
  ['links that never end', fill('[a](<b')],
  ['asterisks', fill('*')],
  ['emphasis that never ends', fill('*a_ ')],
  ['strikethrough', fill('~~a')],
  ['pictures that never end', fill('![')],
  ['nested pictures', fill('![a', SIZE / 2) + fill('](b)', SIZE / 2)],
  ['backticks of every length', Array.from({ length: 400 }, (_, index) => '`'.repeat(index)).join(' ')],
  ['deep quotes', `${fill('> ', SIZE / 8)}\n${fill('a\n', SIZE / 2)}`],
  ['deep lists', Array.from({ length: 400 }, (_, index) => `${' '.repeat(index * 2)}- x`).join('\n')],
  ['formulas that never end', fill('\\[\n')],
  ['dollars', fill('$a_')],
  ['a table of many rows', `|a|b|\n|-|-|\n${fill('|x|y|\n')}`],
  ['a table of many columns', `${fill('|a', SIZE / 2)}\n${fill('|-', SIZE / 2)}\n|x`],
  ['definitions', fill('[a]: b\n')],
  ['code blocks in lists', fill('- ```\n  a\n  ```\n')],
  ['one long line', fill('word ')],
  ['one long word', fill('x')],
  ['one long grapheme', `a${fill('\u0301')}`],
])('takes not much longer for %s than for an ordinary text of that size', (_name, markdown) => {
  expect(measureRendering(markdown, 2).bestMs / ordinary).toBeLessThan(MOST_TIMES_ORDINARY);
});
