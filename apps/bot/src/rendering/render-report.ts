import type { HouseReport } from '@signalbox/contracts';
import { type Align, alignRow, columnWidths } from './text/align-columns.ts';
import { cleanText, type FormattedText } from './text/formatted-text.ts';
import { TextWriter } from './text/text-writer.ts';

type Level = HouseReport['level'];

const SIGNS: Record<Level, string> = { ok: '🟢', unknown: '⚪', warn: '🟡', error: '🔴' };

/** A report as a message: its level and title, its lines, and its table as an aligned block. */
export function renderReport({ level, title, lines, table }: HouseReport): FormattedText {
  const writer = new TextWriter();
  writer.write(`${SIGNS[level]} `);
  writer.open('bold');
  writer.write(oneLine(title));
  writer.close('bold');
  for (const line of lines) {
    writer.breakLine();
    writer.write(`${line.level ? `${SIGNS[line.level]} ` : ''}${oneLine(line.text)}`);
  }
  if (table && table.rows.length > 0) {
    writer.breakLine();
    writer.writePre(alignedTable(table));
  }
  return writer.finish();
}

function alignedTable({ head, rows }: NonNullable<HouseReport['table']>): string {
  const cells = [head, ...rows].map((row) => row.map(oneLine));
  const widths = columnWidths(cells);
  const aligns = widths.map((_, column): Align => (isNumeric(rows, column) ? 'right' : 'left'));
  return cells.map((row) => alignRow(row, widths, aligns)).join('\n');
}

/** Whether a column holds numbers, perhaps with units, alone: those are read from the right. */
function isNumeric(rows: readonly (readonly string[])[], column: number): boolean {
  return rows.every((row) => /^(?:[–-]?|[<>]?\d[\d.,]*\s?(?:%|[a-zA-Z]{1,4})?)$/.test((row[column] ?? '').trim()));
}

/** What a service calls its things must not break the lines. */
function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}
