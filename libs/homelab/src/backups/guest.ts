import type { BackupGroup, Snapshot } from '../pbs/backup.ts';
import { type Failure, groupOf } from '../pbs/task.ts';
import type { Shelf } from './collect.ts';

/** What is known of the newest backup: `unverified` is not bad, it was not looked at yet; `none`: there is no backup. */
export type Verified = 'ok' | 'failed' | 'unverified' | 'unknown' | 'none';

/** How the backups of one guest or host are, over all datastores. */
export interface GuestBackups {
  readonly name: string;
  /** `ct/100`. */
  readonly group: string;
  readonly namespace: string;
  /** In ms since the epoch; `undefined` if there is none. */
  readonly last: number | undefined;
  readonly count: number;
  readonly verified: Verified;
  /** How many have failed their verification. */
  readonly broken: number;
  /** How many may not be deleted. */
  readonly protectedCount: number;
  readonly overdue: boolean;
  /** The last backup that has failed, if no other was made since. */
  readonly failure: Failure | undefined;
}

/** All guests and hosts of which there are backups, or of which a backup has failed. */
export function guestsOf(
  shelves: readonly Shelf[],
  failures: readonly Failure[],
  { now, maxAgeMs }: { readonly now: number; readonly maxAgeMs: number },
): GuestBackups[] {
  const found = new Map<string, Found>();
  const at = (namespace: string, group: string): Found => {
    const key = `${namespace}:${group}`;
    const one = found.get(key) ?? { namespace, group, groups: [], snapshots: [], complete: true, failures: [] };
    found.set(key, one);
    return one;
  };
  for (const { namespace, groups, snapshots } of shelves) {
    for (const group of groups) {
      const one = at(namespace, nameOfGroup(group));
      one.groups.push(group);
      one.snapshots.push(...(snapshots ?? []).filter((snapshot) => nameOfGroup(snapshot) === one.group));
      one.complete &&= snapshots !== undefined;
    }
  }
  for (const failure of failures) {
    const id = failure.warned ? undefined : groupOf(failure);
    if (id) at(id.namespace, id.group).failures.push(failure);
  }
  return [...found.values()].map((one) => judge(one, now, maxAgeMs));
}

interface Found {
  readonly namespace: string;
  readonly group: string;
  readonly groups: BackupGroup[];
  readonly snapshots: Snapshot[];
  complete: boolean;
  readonly failures: Failure[];
}

function judge(
  { namespace, group, groups, snapshots, complete, failures }: Found,
  now: number,
  maxAgeMs: number,
): GuestBackups {
  const newest = snapshots.toSorted((a, b) => b['backup-time'] - a['backup-time'])[0];
  const times = groups.flatMap((one) => one['last-backup'] ?? []);
  const last = times.length > 0 ? Math.max(...times) * 1000 : undefined;
  const comment = groups.find((one) => one.comment)?.comment ?? newest?.comment;
  return {
    namespace,
    group,
    name: comment?.split('\n')[0] ?? group,
    last,
    count: groups.reduce((sum, one) => sum + (one['backup-count'] ?? 0), 0),
    verified: last === undefined ? 'none' : complete ? stateOf(newest) : 'unknown',
    broken: snapshots.filter((one) => stateOf(one) === 'failed').length,
    protectedCount: snapshots.filter((one) => one.protected).length,
    overdue: last !== undefined && now - last > maxAgeMs,
    failure: failures.find(({ at }) => at > (last ?? 0)),
  };
}

function stateOf(snapshot: Snapshot | undefined): Verified {
  const state = snapshot?.verification?.state;
  return state === 'ok' || state === 'failed' ? state : 'unverified';
}

function nameOfGroup(one: BackupGroup | Snapshot): string {
  return `${one['backup-type']}/${one['backup-id']}`;
}
