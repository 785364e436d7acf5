import stringWidth from 'string-width';

export type Align = 'left' | 'center' | 'right';

const GAP = '  ';

/** How wide each column is, in columns of a fixed-width font. */
export function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return Array.from({ length: columns }, (_, column) =>
    rows.reduce((most, row) => Math.max(most, stringWidth(row[column] ?? '')), 0),
  );
}

/** The width of a whole row. */
export function rowWidth(widths: readonly number[]): number {
  return widths.reduce((sum, next) => sum + next + GAP.length, -GAP.length);
}

/** One row with its cells aligned. */
export function alignRow(cells: readonly string[], widths: readonly number[], aligns: readonly Align[] = []): string {
  return widths
    .map((width, column) => pad(cells[column] ?? '', width, aligns[column] ?? 'left'))
    .join(GAP)
    .trimEnd();
}

function pad(text: string, width: number, align: Align): string {
  const missing = Math.max(0, width - stringWidth(text));
  if (align === 'left') return text + ' '.repeat(missing);
  const before = align === 'right' ? missing : Math.floor(missing / 2);
  return ' '.repeat(before) + text + ' '.repeat(missing - before);
}
