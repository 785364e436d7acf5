import type { MenuButton } from '@signalbox/contracts';
import type { Report } from '@signalbox/homelab';
import type { Shown } from '../wording/shown.ts';

/** A report as a reply, with buttons below if there are some. */
export function showReport(report: Report, rows: MenuButton[][] = []): Shown {
  const { level, title, lines, table } = report;
  return {
    kind: 'report',
    text: title,
    report: {
      ...{ level, title },
      lines: lines.map(({ level: how, text }) => ({ ...(how && { level: how }), text })),
      ...(table ? { table: { head: [...table.head], rows: table.rows.map((row) => [...row]) } } : {}),
    },
    ...(rows.length > 0 ? { rows } : {}),
  };
}
