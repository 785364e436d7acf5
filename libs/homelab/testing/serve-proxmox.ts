import { type FixtureServer, type FixtureServerOptions, fixture, json, serveFixtures } from './serve-fixtures.ts';

/** A token's secret, of the shape that Proxmox makes. */
export const TOKEN_SECRET = '8b1f0c52-3a7d-4e0e-9d27-6c1f5a2b9e44';

/** What the ages of the fixtures are reckoned from, in ms since the epoch. */
export const FIXTURES_NOW = 1_700_001_000_000;

/** Stands in for Proxmox VE: one node with a few guests. */
export function servePve(options: FixtureServerOptions = { tls: true }): Promise<FixtureServer> {
  const routes = {
    '/api2/json/cluster/resources': fixture('pve-cluster-resources.json'),
    '/api2/json/cluster/backup-info/not-backed-up': fixture('pve-not-backed-up.json'),
  };
  return serveFixtures(routes, { authorization: `PVEAPIToken=signalbox@pve!read=${TOKEN_SECRET}`, ...options });
}

/** Stands in for Proxmox Backup Server: three datastores, of which `usb` is broken; in `main` a namespace `pve`, which is empty. */
export function servePbs(options: FixtureServerOptions = { tls: true }): Promise<FixtureServer> {
  const routes = {
    '/api2/json/status/datastore-usage': fixture('pbs-datastore-usage.json'),
    '/api2/json/nodes/localhost/tasks': fixture('pbs-tasks-errors-24h.json'),
    '/api2/json/nodes/localhost/status': fixture('pbs-node-status.json'),
    '/api2/json/admin/gc': fixture('pbs-admin-gc.json'),
    '/api2/json/admin/datastore/main/namespace': json({ data: [{ ns: '' }, { ns: 'pve' }] }),
    '/api2/json/admin/datastore/main/groups': fixture('pbs-groups.json'),
    '/api2/json/admin/datastore/main/groups?ns=pve': json({ data: [] }),
    '/api2/json/admin/datastore/main/snapshots': fixture('pbs-snapshots.json'),
    '/api2/json/admin/datastore/main/snapshots?ns=pve': json({ data: [] }),
    '/api2/json/admin/datastore/archive/namespace': json({ data: [{ ns: '' }] }),
    '/api2/json/admin/datastore/archive/groups': json({ data: [] }),
    '/api2/json/admin/datastore/archive/snapshots': json({ data: [] }),
  };
  return serveFixtures(routes, { authorization: `PBSAPIToken=signalbox@pbs!read:${TOKEN_SECRET}`, ...options });
}

/** The variables that lead to such a server. */
export function variablesFor(name: 'PVE' | 'PBS', { url, certificate }: FixtureServer): Record<string, string> {
  return {
    [`${name}_URL`]: url,
    [`${name}_TOKEN_ID`]: `signalbox@${name.toLowerCase()}!read`,
    [`${name}_TOKEN_SECRET`]: TOKEN_SECRET,
    ...(url.startsWith('https:') ? { [`${name}_FINGERPRINT`]: certificate.fingerprint } : {}),
  };
}
