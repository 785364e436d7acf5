import { stripVTControlCharacters } from 'node:util';
import type { Row } from './row.ts';

/** The results as a table for a terminal. */
export function printedRows(rows: readonly Row[]): string {
  const cells = rows.map(({ what, measured, against, result, goal }) => [
    what,
    measured,
    against,
    result,
    goal?.text ?? '',
    goal === undefined ? '' : goal.met ? 'met' : 'MISSED',
  ]);
  const all = [['what', 'measured', 'against', 'result', 'goal', ''], ...cells];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => widthOf(line[column] ?? '')))) ?? [];
  return all
    .map((line) => line.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell))).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

/** In columns of the terminal; an emoji takes two. */
function widthOf(text: string): number {
  return [...stripVTControlCharacters(text)].reduce(
    (width, sign) => width + (/\p{Emoji_Presentation}/u.test(sign) ? 2 : 1),
    0,
  );
}
