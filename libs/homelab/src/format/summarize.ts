import type { Report } from '../contract/report.ts';

/** A report in one line: its title if all is well, else its worst line and how many more are not well. */
export function summarize(name: string, { title, lines }: Report): string {
  const [first, ...more] = lines.filter(({ level }) => level !== undefined && level !== 'ok');
  if (!first) return title;
  return `${name}: ${first.text}${more.length > 0 ? ` (+${more.length})` : ''}`;
}
