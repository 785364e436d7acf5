import { HomelabError } from '../contract/homelab-error.ts';
import type { Http } from '../contract/http.ts';
import { readData, readList } from '../proxmox/read-data.ts';
import { type BackupGroup, backupGroup, namespaceEntry, type Snapshot, snapshot } from './backup.ts';
import type { PbsConfig } from './config.ts';
import { type Datastore, datastore } from './datastore.ts';
import { type GarbageCollection, garbageCollection } from './garbage-collection.ts';
import { type NodeStatus, nodeStatus } from './node-status.ts';
import { type PbsTask, pbsTask } from './task.ts';

/** What the token must be given. */
export const RIGHT = 'the role Audit on /, for the token itself as well as for its user';

/** What is asked of Proxmox Backup Server. */
export interface Pbs {
  /** Throws the error `rights` if the token is shown none. */
  datastores(): Promise<Datastore[]>;
  /** What has not gone well since then (ms since the epoch), and what runs. */
  tasks(since: number): Promise<PbsTask[]>;
  collections(): Promise<GarbageCollection[]>;
  node(): Promise<NodeStatus>;
  /** The namespaces of a datastore; that of the root is empty. */
  namespaces(store: string): Promise<string[]>;
  groups(store: string, namespace: string): Promise<BackupGroup[]>;
  /** Reads every manifest, which takes long: `timeoutMs` instead of the usual 5 s. */
  snapshots(store: string, namespace: string, timeoutMs: number): Promise<Snapshot[]>;
}

/** Each question is one request. Throws `HomelabError`. */
export function createPbs(http: Http, config: PbsConfig): Pbs {
  const headers = { authorization: `PBSAPIToken=${config.PBS_TOKEN_ID}:${config.PBS_TOKEN_SECRET}` };
  const base = `${config.PBS_URL.replace(/\/+$/, '')}/api2/json`;
  const ask = (path: string, timeoutMs?: number) =>
    http.json(base + path, { headers, right: RIGHT, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  const list = async <T>(schema: Parameters<typeof readList<T>>[1], path: string, timeoutMs?: number) =>
    readList<T>(`PBS_URL: ${path}`, schema, await ask(path, timeoutMs));
  return {
    async datastores() {
      const stores = await list(datastore, '/status/datastore-usage');
      if (stores.length > 0) return stores;
      const message = `PBS_URL answers, but the token of PBS_TOKEN_ID sees no datastore. It needs ${RIGHT}.`;
      throw new HomelabError('rights', message);
    },
    tasks: (since) => list(pbsTask, `/nodes/localhost/tasks?errors=true&since=${Math.floor(since / 1000)}&limit=100`),
    collections: () => list(garbageCollection, '/admin/gc'),
    async node() {
      const path = '/nodes/localhost/status';
      return readData(`PBS_URL: ${path}`, nodeStatus, await ask(path));
    },
    async namespaces(store) {
      return (await list(namespaceEntry, `${pathOf(store)}/namespace`)).map(({ ns }) => ns);
    },
    groups: (store, namespace) => list(backupGroup, `${pathOf(store)}/groups${queryOf(namespace)}`),
    snapshots: (store, namespace, timeoutMs) =>
      list(snapshot, `${pathOf(store)}/snapshots${queryOf(namespace)}`, timeoutMs),
  };
}

function pathOf(store: string): string {
  return `/admin/datastore/${encodeURIComponent(store)}`;
}

function queryOf(namespace: string): string {
  return namespace === '' ? '' : `?ns=${encodeURIComponent(namespace)}`;
}
