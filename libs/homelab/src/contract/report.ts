import { z } from 'zod';

/** How something is, from well to worst. `unknown`: it could not be told. */
export type Level = 'ok' | 'unknown' | 'warn' | 'error';

/** One line of a report. */
export interface ReportLine {
  /** Shown as a sign before the line; `undefined`: none. */
  readonly level?: Level;
  readonly text: string;
  /**
   * Names the thing and what may be wrong with it, the same however bad it is: `main full`. The watch knows a problem again by it; without
   * one by the text without its figures.
   */
  readonly about?: string;
}

/** What an integration found out: pure data, to be shown anywhere. The worst comes first. */
export interface Report {
  readonly level: Level;
  readonly title: string;
  readonly lines: readonly ReportLine[];
  /** Aligned columns, shown in a fixed-width block below the lines. */
  readonly table?: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

const levelSchema = z.enum(['ok', 'unknown', 'warn', 'error']);

/** What a report must be. */
export const reportSchema: z.ZodType<Report> = z.object({
  level: levelSchema,
  title: z.string().min(1),
  lines: z.array(z.object({ level: levelSchema.exactOptional(), text: z.string(), about: z.string().exactOptional() })),
  table: z.object({ head: z.array(z.string()), rows: z.array(z.array(z.string())) }).exactOptional(),
});

const BY_WEIGHT: readonly Level[] = ['ok', 'unknown', 'warn', 'error'];

/** The worst of several levels; `ok` if there are none. */
export function worst(levels: readonly Level[]): Level {
  return levels.reduce<Level>((a, b) => (BY_WEIGHT.indexOf(b) > BY_WEIGHT.indexOf(a) ? b : a), 'ok');
}

/** The lines, the worst first; those of a level keep their order, and those without one come last. */
function worstFirst(lines: readonly ReportLine[]): ReportLine[] {
  const weight = ({ level }: ReportLine) => (level === undefined ? -1 : BY_WEIGHT.indexOf(level));
  return lines.toSorted((a, b) => weight(b) - weight(a));
}

/** A report whose level is its worst line's. */
export function reportOf(title: string, lines: readonly ReportLine[], table?: Report['table']): Report {
  const level = worst(lines.flatMap((line) => line.level ?? []));
  return { level, title, lines: worstFirst(lines), ...(table && table.rows.length > 0 ? { table } : {}) };
}
