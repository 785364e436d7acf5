import { z } from 'zod';
import { amount, words } from '../proxmox/read-data.ts';

const gcStatus = z.object({
  'index-data-bytes': amount,
  'disk-bytes': amount,
  /** Chunks that are broken and still there. */
  'still-bad': amount,
});

/** An entry of `/status/datastore-usage`. One that cannot be read has a name and an error; one that is not mounted has only its name. */
export const datastore = z.object({
  store: z.string(),
  /** Bytes. */
  total: amount,
  used: amount,
  avail: amount,
  error: words,
  'mount-status': words,
  /** Seconds since the epoch; 0 or past if it does not fill. */
  'estimated-full-date': amount,
  'gc-status': gcStatus.nullish().catch(undefined),
});

/** A datastore and how full it is. */
export type Datastore = z.infer<typeof datastore>;

/** Whether its backups can be listed: it is neither broken nor away. */
export function isReadable({ error, 'mount-status': mount }: Datastore): boolean {
  return error === undefined && mount !== 'notmounted';
}

/** The share of 1 that is used; `undefined` if it is not known. */
export function usedShare({ used, total }: Datastore): number | undefined {
  return used === undefined || !total ? undefined : used / total;
}

/** In how many ms it is full; `undefined` if it does not fill. */
export function fullIn({ 'estimated-full-date': date = 0 }: Datastore, now: number): number | undefined {
  const left = date * 1000 - now;
  return left > 0 ? left : undefined;
}

/** How many times as much its backups hold as it takes; `undefined` if it is not known. */
export function deduplication({ 'gc-status': gc }: Datastore): number | undefined {
  const { 'index-data-bytes': data, 'disk-bytes': disk } = gc ?? {};
  return data === undefined || !disk ? undefined : data / disk;
}
