/** How long each is, in UTF-16 units. */
export const SLOW_LENGTH = 100_000;

const SIZE = SLOW_LENGTH;

/** `unit` again and again. */
export const fill = (unit: string, size = SIZE) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);

/** Texts that parsers of Markdown have been slow to read, by what they are full of. */
export const slowDocuments: readonly (readonly [name: string, markdown: string])[] = [
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
  ['folds that never end', fill('<details>\n')],
  ['folds in folds', fill('<details>\n', SIZE / 2) + fill('</details>\n', SIZE / 2)],
  ['comments that never end', fill('<!-- ')],
  ['comments that never end, line by line', fill('<!--\n')],
  ['tables that never end', fill('<table><tr><td>\n')],
  ['pictures of HTML that never end', fill('<img src="a" ')],
  ['one long line', fill('word ')],
  ['one long word', fill('x')],
  ['one long grapheme', `a${fill('\u0301')}`],
];
