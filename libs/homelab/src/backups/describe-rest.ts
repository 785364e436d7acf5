import type { ReportLine } from '../contract/report.ts';
import { oneLine } from '../format/one-line.ts';
import { showAge } from '../format/show-age.ts';
import { showCount } from '../format/show-amount.ts';
import type { Datastore } from '../pbs/datastore.ts';
import { describeFailure } from '../pbs/describe-failures.ts';
import { type Failure, groupOf } from '../pbs/task.ts';
import type { UncoveredGuest } from '../pve/uncovered-guest.ts';

/** How many names a line lists. */
const MAX_NAMES = 8;

interface Rest {
  readonly stores: readonly Datastore[];
  readonly failures: readonly Failure[];
  readonly uncovered: readonly UncoveredGuest[];
  /** In ms since the epoch. */
  readonly now: number;
}

/** What is not about a guest that has backups: datastores, verifications, warnings, guests without a backup job. */
export function describeRest({ stores, failures, uncovered, now }: Rest): ReportLine[] {
  const verifications = failures.filter(({ kind, warned }) => kind.startsWith('verif') && !warned);
  const warned = failures.filter((failure) => failure.warned && groupOf(failure) !== undefined);
  return [
    ...stores.flatMap(({ store, error }): ReportLine[] =>
      error === undefined ? [] : [{ level: 'error', text: `${store}: ${oneLine(error, 80)}`, about: store }],
    ),
    ...verifications.map((failure) => describeFailure(failure, now)),
    ...warned.slice(0, 1).map(({ at }): ReportLine => {
      const text = `${showCount(warned.length, 'backup')} with warnings, ${showAge(at, now)}`;
      return { level: 'warn', text, about: 'warnings' };
    }),
    ...(uncovered.length > 0 ? [describeUncovered(uncovered)] : []),
  ];
}

function describeUncovered(guests: readonly UncoveredGuest[]): ReportLine {
  const names = guests
    .slice(0, MAX_NAMES)
    .map(({ name, vmid }) => (name ? `${oneLine(name, 20)} ${vmid}` : String(vmid)));
  const more = guests.length > MAX_NAMES ? ` and ${guests.length - MAX_NAMES} more` : '';
  return { level: 'warn', text: `In no backup job: ${names.join(', ')}${more}` };
}
