import { z } from 'zod';
import { amount, flag, words } from '../proxmox/read-data.ts';

/** Ids are numbers in some answers. */
const id = z.union([z.string(), z.number()]).transform(String);

/** An entry of `/admin/datastore/<store>/namespace`. */
export const namespaceEntry = z.object({ ns: z.string() });

/** An entry of `/admin/datastore/<store>/groups`: all backups of a guest or a host. */
export const backupGroup = z.object({
  'backup-type': z.string(),
  'backup-id': id,
  /** Seconds since the epoch. */
  'last-backup': amount,
  'backup-count': amount,
  comment: words,
});

/** An entry of `/admin/datastore/<store>/snapshots`: one backup. */
export const snapshot = z.object({
  'backup-type': z.string(),
  'backup-id': id,
  /** Seconds since the epoch. */
  'backup-time': z.number(),
  protected: flag,
  comment: words,
  /** Absent as long as it was not verified. */
  verification: z.object({ state: words }).nullish().catch(undefined),
});

/** The backups of one guest, counted. */
export type BackupGroup = z.infer<typeof backupGroup>;
/** One backup. */
export type Snapshot = z.infer<typeof snapshot>;
