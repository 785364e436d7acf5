import type { Report, ReportLine } from '../contract/report.ts';
import { oneLine } from '../format/one-line.ts';
import { showSpan } from '../format/show-age.ts';
import { showBytes, showCount, showPercent } from '../format/show-amount.ts';
import { fullness } from '../proxmox/fullness.ts';
import { type Datastore, deduplication, fullIn, usedShare } from './datastore.ts';

/** What fills within this time needs an eye, in ms. */
const SOON_MS = 30 * 86_400_000;

/** What is to be said of a datastore beyond its figures. */
export function describeDatastore(store: Datastore, now: number): ReportLine[] {
  const name = store.store;
  if (store.error !== undefined) return [{ level: 'error', text: `${name}: ${oneLine(store.error, 80)}`, about: name }];
  const share = usedShare(store);
  if (share === undefined) return [describeUnmounted(store)];
  const bad = store['gc-status']?.['still-bad'] ?? 0;
  const left = fullIn(store, now);
  const level = fullness(share);
  return [
    ...(bad > 0
      ? [{ level: 'error' as const, text: `${name}: ${showCount(bad, 'bad chunk')}`, about: `chunks of ${name}` }]
      : []),
    ...(level === 'ok' ? [] : [{ level, text: `${name} is ${showPercent(share)} full`, about: `use of ${name}` }]),
    ...(left !== undefined && left < SOON_MS
      ? [{ level: 'warn' as const, text: `${name} is full in ${showSpan(left)}`, about: `growth of ${name}` }]
      : []),
  ];
}

/** A removable one may well be meant to be away. */
function describeUnmounted({ store, 'mount-status': mount }: Datastore): ReportLine {
  if (mount === 'notmounted') return { text: `${store} is not mounted` };
  return { level: 'unknown', text: `${store}: no figures are shown`, about: store };
}

/** The figures, the fullest first. */
export function datastoreTable(stores: readonly Datastore[], now: number): NonNullable<Report['table']> {
  const known = stores.filter((store) => store.error === undefined && usedShare(store) !== undefined);
  const rows = known
    .toSorted((a, b) => (usedShare(b) ?? 0) - (usedShare(a) ?? 0))
    .map((store) => {
      const left = fullIn(store, now);
      const factor = deduplication(store);
      return [
        oneLine(store.store, 12),
        showPercent(usedShare(store) ?? 0),
        store.avail === undefined ? '-' : showBytes(store.avail),
        left === undefined ? '-' : showSpan(left),
        factor === undefined ? '-' : `${factor.toFixed(1)}x`,
      ];
    });
  return { head: ['Store', 'Used', 'Free', 'Full in', 'Dedup'], rows };
}
