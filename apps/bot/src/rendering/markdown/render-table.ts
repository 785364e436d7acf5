import type { Token } from 'markdown-it';
import { type Align, alignRow, columnWidths, rowWidth } from '../text/align-columns.ts';
import type { TextWriter } from '../text/text-writer.ts';
import { attribute } from './parsed-markdown.ts';

/** Wider than this, in columns of a fixed-width font, a table cannot be read on a phone. */
const MAX_TABLE_WIDTH = 56;
/** More columns than this are no table that a person wrote; it is shown as it is. */
const MAX_COLUMNS = 30;

interface Cell {
  readonly tokens: readonly Token[];
  readonly align: Align;
}
type Row = readonly Cell[];

/** What is in the cells: how it is written, how it reads without formatting, and whether there is a link in it. */
export interface CellContent {
  renderInline(writer: TextWriter, tokens: readonly Token[]): void;
  inlineText(tokens: readonly Token[]): string;
  holdsLink(tokens: readonly Token[]): boolean;
}

/**
 * Writes a table. One that is narrow becomes an aligned code block; a wide one, or one with links, a record for each row with a
 * `Header: value` line for each cell. `source` is the table as it was written: it is shown if the table has more cells than columns,
 * which Markdown would drop.
 */
export function renderTable(
  writer: TextWriter,
  tokens: readonly Token[],
  source: readonly string[],
  content: CellContent,
): void {
  const [header = [], ...rows] = readRows(tokens);
  if (header.length > MAX_COLUMNS || hasStrayCells(source, header.length)) {
    writer.writePre(source.map((line) => line.trim()).join('\n'));
    return;
  }
  const grid = [header, ...rows].map((row) => row.map((cell) => content.inlineText(cell.tokens).trim()));
  const widths = columnWidths(grid.flatMap(linesOf));
  const isNarrow =
    rowWidth(widths) <= MAX_TABLE_WIDTH && ![header, ...rows].flat().some((cell) => content.holdsLink(cell.tokens));
  if (isNarrow || rows.length === 0) writer.writePre(alignGrid(grid, widths, header));
  else for (const row of rows) renderRecord(writer, header, row, content);
}

function readRows(tokens: readonly Token[]): Row[] {
  const rows: Cell[][] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'tr_open') rows.push([]);
    if (token.type !== 'inline') continue;
    const align = /text-align:(center|right)/.exec(attribute(tokens[index - 1], 'style'))?.[1] ?? 'left';
    rows.at(-1)?.push({ tokens: token.children ?? [], align: align as Align });
  }
  return rows;
}

function hasStrayCells(source: readonly string[], columns: number): boolean {
  return source.some((line) => {
    const bars =
      line
        .trim()
        .replace(/^\|/, '')
        .replace(/(?<!\\)\|$/, '')
        .match(/(?<!\\)\|/g)?.length ?? 0;
    return bars >= columns;
  });
}

function alignGrid(grid: readonly string[][], widths: readonly number[], header: Row): string {
  const [head = [], ...body] = grid;
  const aligns = header.map(({ align }) => align);
  const line = (cells: readonly string[]) => alignRow(cells, widths, aligns);
  const rule = line(widths.map((width) => '-'.repeat(width)));
  const rows = body.flatMap(linesOf).map(line);
  // A table without a header has a blank line in its place.
  return (line(head) === '' ? rows : [...linesOf(head).map(line), rule, ...rows]).join('\n');
}

/** A row, line by line: each cell may have several. */
function linesOf(row: readonly string[]): string[][] {
  const cells = row.map((cell) => cell.split('\n').map((text) => text.trim()));
  const height = Math.max(1, ...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, index) => cells.map((lines) => lines[index] ?? ''));
}

function renderRecord(writer: TextWriter, header: Row, row: Row, { renderInline, inlineText }: CellContent): void {
  for (const [column, cell] of row.entries()) {
    const name = header[column]?.tokens ?? [];
    if (inlineText(name).trim() !== '') {
      writer.open('bold');
      renderInline(writer, name);
      writer.write(':');
      writer.close('bold');
      writer.write(' ');
    }
    if (inlineText(cell.tokens).trim() === '') writer.write('–');
    else renderInline(writer, cell.tokens);
    writer.breakLine();
  }
  writer.breakParagraph();
}
