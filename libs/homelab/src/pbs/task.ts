import { z } from 'zod';
import { amount, words } from '../proxmox/read-data.ts';

/** An entry of `/nodes/localhost/tasks`. */
export const pbsTask = z.object({
  worker_type: z.string(),
  worker_id: words,
  /** Seconds since the epoch. */
  starttime: z.number(),
  /** Absent while it runs, which is no error, although it is listed with them. */
  endtime: amount,
  /** `OK`, `WARNINGS: n`, `unknown` if it was cut off, or what went wrong. */
  status: words,
});

export type PbsTask = z.infer<typeof pbsTask>;

/** A task that has ended, and not well. */
export interface Failure {
  readonly kind: string;
  readonly id: string;
  /** In ms since the epoch. */
  readonly at: number;
  readonly reason: string;
  /** It has done its work, but with warnings. */
  readonly warned: boolean;
}

/** What has failed, the newest first. */
export function failuresOf(tasks: readonly PbsTask[]): Failure[] {
  return tasks
    .flatMap(({ worker_type: kind, worker_id: id = '', endtime, status: reason = 'unknown' }) =>
      endtime === undefined || reason === 'OK'
        ? []
        : [{ kind, id, at: endtime * 1000, reason, warned: reason.startsWith('WARNINGS') }],
    )
    .sort((a, b) => b.at - a.at);
}

/** The group that a backup was of: `backup` of `main:ns/a/ns/b/ct/100` is `ct/100` of the namespace `a/b` in `main`. */
interface GroupId {
  readonly store: string;
  readonly namespace: string;
  readonly group: string;
}

/** The group of a failed backup; `undefined` for any other task. */
export function groupOf({ kind, id }: Failure): GroupId | undefined {
  if (kind !== 'backup') return undefined;
  const [, store, path = '', group] = /^([^:]+):(?:(.+)[/:])?((?:vm|ct|host)\/[^/]+)$/.exec(id) ?? [];
  if (store === undefined || group === undefined) return undefined;
  return { store, group, namespace: path.replace(/(^|\/)ns\/(?=[^/])/g, '$1') };
}
