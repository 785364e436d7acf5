import type { ReportLine } from '../contract/report.ts';
import { oneLine } from '../format/one-line.ts';
import { showAge } from '../format/show-age.ts';
import { showCount } from '../format/show-amount.ts';
import type { Failure } from './task.ts';

/** How many failed tasks are told one by one. */
const MAX_TOLD = 5;

/** Failed tasks one by one; those with warnings together. */
export function describeFailures(failures: readonly Failure[], now: number): ReportLine[] {
  const failed = failures.filter(({ warned }) => !warned);
  const warned = failures.filter(({ warned }) => warned);
  return [
    ...failed.slice(0, MAX_TOLD).map((failure) => describeFailure(failure, now)),
    ...(failed.length > MAX_TOLD
      ? [
          {
            level: 'error' as const,
            text: `and ${showCount(failed.length - MAX_TOLD, 'more failed task')}`,
            about: 'more',
          },
        ]
      : []),
    ...warned.slice(0, 1).map(({ at }) => ({
      level: 'warn' as const,
      text: `${showCount(warned.length, 'task')} with warnings, ${showAge(at, now)}`,
      about: 'warnings',
    })),
  ];
}

/** `backup ct/111 failed 3 h ago: connection error`. */
export function describeFailure({ kind, id, at, reason }: Failure, now: number): ReportLine {
  const what = `${nameOf(kind)}${id ? ` ${oneLine(id, 30)}` : ''}`;
  const why = reason === 'unknown' ? 'it was cut off' : oneLine(reason, 60);
  return { level: 'error', text: `${what} failed ${showAge(at, now)}: ${why}`, about: `${kind} ${id}` };
}

function nameOf(kind: string): string {
  if (kind.startsWith('verif')) return 'Verification';
  if (kind === 'garbage_collection') return 'GC';
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1).replaceAll('_', ' ')}`;
}
