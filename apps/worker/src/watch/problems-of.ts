import { beginningOf } from '@signalbox/contracts';
import type { Report } from '@signalbox/homelab';
import type { Look, Trouble } from './fold-problems.ts';

/**
 * What a report says is wrong, by what it is about. A service that cannot be asked, wholly or in part, is trouble by itself, and hides
 * what else it may know: nothing that is missing from such a report is well. Pure.
 */
export function problemsOf(name: string, report: Report): Look {
  const found: Record<string, Trouble> = {};
  for (const { level, text, about } of report.lines)
    if (level === 'warn' || level === 'error') found[keyOf(name, text, about)] = { level, text };
  const unseen = report.lines.filter(({ level }) => level === 'unknown');
  const unasked = unseen.find(({ about }) => about === undefined);
  const failure: Trouble | undefined = unasked ? { level: 'warn', text: unasked.text } : wholeFailure(report);
  if (failure) found[`${name}: as a whole`] = failure;
  const hidden = new Set(unseen.map(({ text, about }) => keyOf(name, text, about)));
  return { found, isHidden: (key) => failure !== undefined || hidden.has(key) };
}

/** A report that is not well, and of which no line says why. */
function wholeFailure({ level, title, lines }: Report): Trouble | undefined {
  if (level === 'ok' || lines.some((line) => line.level !== undefined && line.level !== 'ok')) return undefined;
  return { level: level === 'error' ? 'error' : 'warn', text: lines[0]?.text ?? title };
}

/** Names what a line is about: the same whatever its figures and ages are. Figures that are part of a name stay. */
function keyOf(name: string, text: string, about: string | undefined): string {
  const words = about ?? text.replaceAll(/(?<![\w/.-])\d+([.,:]\d+)*\s*(ms|s|min|h|d|days?|%|[kKMGT]i?B)(?!\w)/g, '');
  return `${name}: ${beginningOf(words.replaceAll(/\s+/g, ' ').trim(), 160)}`;
}
