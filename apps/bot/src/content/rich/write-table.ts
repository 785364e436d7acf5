import type { Rich, RichCell } from './rich-message.ts';

/** Writes the text of a cell. */
type WriteText = (text: Rich | undefined) => string;

/** A table in Markdown. Cells that span others stand in the first of them; without a row of headers the first row is empty. */
export function writeTable(cells: readonly (readonly RichCell[])[], write: WriteText): string {
  const grid = gridOf(cells, write);
  const width = Math.max(0, ...grid.map((row) => row.length));
  if (width === 0) return '';
  const hasHead = cells[0]?.some(({ is_header: isHeader }) => isHeader) ?? false;
  const [head = [], ...rows] = hasHead ? grid : [[], ...grid];
  return [lineOf(head, width), `|${' --- |'.repeat(width)}`, ...rows.map((row) => lineOf(row, width))].join('\n');
}

function lineOf(row: readonly (string | undefined)[], width: number): string {
  return `| ${Array.from({ length: width }, (_, column) => row[column] ?? '').join(' | ')} |`;
}

/** Every cell in its column: those that span rows from above take room. */
function gridOf(cells: readonly (readonly RichCell[])[], write: WriteText): (string | undefined)[][] {
  const grid: (string | undefined)[][] = cells.map(() => []);
  for (const [index, row] of cells.entries()) {
    let column = 0;
    for (const { text, colspan = 1, rowspan = 1 } of row) {
      while (grid[index]?.[column] !== undefined) column += 1;
      for (const taken of grid.slice(index, index + rowspan))
        for (let at = column; at < column + colspan; at += 1) taken[at] = '';
      const own = grid[index];
      if (own)
        own[column] = write(text)
          .replace(/\|/g, '\\|')
          .replace(/\s*\n\s*/g, '<br>');
      column += colspan;
    }
  }
  return grid;
}
