import { type Level, type ReportLine, worst } from '../report.ts';

const ORDER: readonly (Level | undefined)[] = ['error', 'warn', 'unknown'];

/** Lines in the order of how bad they are; those that are equally bad keep theirs. */
export function worstFirst(lines: readonly ReportLine[]): ReportLine[] {
  const rank = ({ level }: ReportLine) => (ORDER.includes(level) ? ORDER.indexOf(level) : ORDER.length);
  return [...lines].sort((a, b) => rank(a) - rank(b));
}

/** The level of the worst line; a line without one is well. */
export function levelOf(lines: readonly ReportLine[]): Level {
  return worst(lines.map(({ level }) => level ?? 'ok'));
}
