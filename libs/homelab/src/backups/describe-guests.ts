import type { Report, ReportLine } from '../contract/report.ts';
import { oneLine } from '../format/one-line.ts';
import { showAge, showSpan } from '../format/show-age.ts';
import { showCount } from '../format/show-amount.ts';
import type { GuestBackups, Verified } from './guest.ts';

/** How many guests there are backups of, and how old the oldest last one is. */
export function guestsTitle(guests: readonly GuestBackups[], now: number): string {
  const times = guests.flatMap(({ last }) => last ?? []);
  const oldest = times.length > 0 ? `, oldest ${showSpan(now - Math.min(...times))}` : '';
  return `Backups: ${showCount(guests.length, 'guest')}${oldest}`;
}

/** What is wrong with the backups of guests, and which are kept. */
export function describeGuests(guests: readonly GuestBackups[], now: number): ReportLine[] {
  const kept = guests.filter(({ protectedCount }) => protectedCount > 0);
  return [
    ...guests.flatMap((guest) => describeGuest(guest, now)),
    ...(kept.length > 0
      ? [{ text: `Protected: ${kept.map((guest) => `${show(guest)} ${guest.protectedCount}`).join(', ')}` }]
      : []),
  ];
}

function describeGuest(guest: GuestBackups, now: number): ReportLine[] {
  const { failure, broken, overdue, last } = guest;
  const name = show(guest);
  const lines: ReportLine[] = [];
  if (failure) {
    const why = failure.reason === 'unknown' ? 'it was cut off' : oneLine(failure.reason, 60);
    lines.push({
      level: 'error',
      text: `${name} failed ${showAge(failure.at, now)}: ${why}`,
      about: `failure of ${name}`,
    });
  }
  if (broken > 0)
    lines.push({
      level: 'error',
      text: `${name}: ${showCount(broken, 'backup')} failed verification`,
      about: `verification of ${name}`,
    });
  if (overdue && last !== undefined)
    lines.push({ level: 'warn', text: `${name} is overdue: last ${showAge(last, now)}`, about: `age of ${name}` });
  return lines;
}

const SIGNS: Readonly<Record<Verified, string>> = {
  ok: 'yes',
  failed: 'FAILED',
  unverified: 'no',
  unknown: '?',
  none: '-',
};

/** All guests: what is wrong first, then the oldest. */
export function guestTable(guests: readonly GuestBackups[], now: number): NonNullable<Report['table']> {
  const weight = ({ failure, broken, overdue }: GuestBackups) => (failure || broken > 0 ? 2 : overdue ? 1 : 0);
  const sorted = guests.toSorted((a, b) => weight(b) - weight(a) || (a.last ?? 0) - (b.last ?? 0));
  const rows = sorted.map((guest) => [
    show(guest),
    guest.last === undefined ? 'none' : showSpan(now - guest.last),
    String(guest.count),
    SIGNS[guest.verified],
  ]);
  return { head: ['Guest', 'Age', 'Nr', 'Verified'], rows };
}

/** A guest by its name; with its number if the name is not all there is, and its namespace. */
function show({ name, group, namespace }: GuestBackups): string {
  const id = group.slice(group.indexOf('/') + 1);
  const full = name === group ? group : `${oneLine(name, 12)} ${id}`;
  return namespace === '' ? full : `${full} (${oneLine(namespace, 10)})`;
}
