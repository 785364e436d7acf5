import { z } from 'zod';
import type { ReportLine } from '../contract/report.ts';
import { oneLine } from '../format/one-line.ts';
import { showAge } from '../format/show-age.ts';
import { amount, words } from '../proxmox/read-data.ts';

/** An entry of `/admin/gc`. Without an end it has not run yet. */
export const garbageCollection = z.object({
  store: z.string(),
  /** Seconds since the epoch. */
  'last-run-endtime': amount,
  'last-run-state': words,
});

export type GarbageCollection = z.infer<typeof garbageCollection>;

/** One that failed or warned is said with what it said; one that went well only with its age. */
export function describeCollection(collection: GarbageCollection, now: number): ReportLine {
  const { store, 'last-run-endtime': end, 'last-run-state': state = 'OK' } = collection;
  if (end === undefined) return { text: `GC of ${store}: not yet` };
  const age = showAge(end * 1000, now);
  if (state === 'OK') return { text: `GC of ${store}: ${age}` };
  const level = state.startsWith('WARNINGS') ? 'warn' : 'error';
  return { level, text: `GC of ${store}: ${age}, ${oneLine(state)}`, about: `GC of ${store}` };
}
