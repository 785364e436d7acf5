import type { ReportLine } from '../contract/report.ts';
import type { Pbs } from '../pbs/api.ts';
import type { BackupGroup, Snapshot } from '../pbs/backup.ts';
import type { Datastore } from '../pbs/datastore.ts';
import { failedLines, type Part, part, valueOr } from '../toolkit/part.ts';

/** How long the list of a namespace's backups may take, in ms. */
const SNAPSHOTS_MS = 15_000;

/** When the last answer is waited for, in ms after the beginning: what is known by then is to be shown in time. */
const END_MS = 18_000;

/** What a datastore holds in one namespace. */
export interface Shelf {
  readonly store: string;
  readonly namespace: string;
  readonly groups: readonly BackupGroup[];
  /** `undefined` if they could not be told. */
  readonly snapshots: readonly Snapshot[] | undefined;
}

interface Collected {
  readonly shelves: readonly Shelf[];
  /** What could not be asked. */
  readonly failed: readonly ReportLine[];
}

/** Asks for all backups of these datastores, all at once. `clock` is in ms. */
export async function collect(
  pbs: Pbs,
  stores: readonly Datastore[],
  started: number,
  clock: () => number,
): Promise<Collected> {
  const asked = await Promise.all(
    stores.map(async ({ store }) => {
      const namespaces = await part(pbs.namespaces(store));
      const timeoutMs = Math.min(SNAPSHOTS_MS, Math.max(started + END_MS - clock(), 1));
      const shelves = await Promise.all(
        valueOr(namespaces, ['']).map((namespace) => askShelf(pbs, store, namespace, timeoutMs)),
      );
      return {
        shelves: shelves.flatMap(({ shelf }) => shelf),
        parts: [[`Namespaces of ${store}`, namespaces] as const, ...shelves.flatMap(({ parts }) => parts)],
      };
    }),
  );
  return {
    shelves: asked.flatMap(({ shelves }) => shelves),
    failed: failedLines(asked.flatMap(({ parts }) => parts)),
  };
}

interface AskedShelf {
  readonly shelf: Shelf;
  readonly parts: readonly (readonly [name: string, part: Part<unknown>])[];
}

async function askShelf(pbs: Pbs, store: string, namespace: string, timeoutMs: number): Promise<AskedShelf> {
  const [groups, snapshots] = await Promise.all([
    part(pbs.groups(store, namespace)),
    part(pbs.snapshots(store, namespace, timeoutMs)),
  ]);
  const shelf = { store, namespace, groups: valueOr(groups, []), snapshots: valueOr(snapshots, undefined) };
  const name = namespace === '' ? store : `${store}/${namespace}`;
  return { shelf, parts: [[`Guests in ${name}`, groups] as const, [`Verification in ${name}`, snapshots] as const] };
}
