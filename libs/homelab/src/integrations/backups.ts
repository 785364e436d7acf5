import { collect } from '../backups/collect.ts';
import { type BackupsConfig, backupsConfig, backupsVariables } from '../backups/config.ts';
import { describeGuests, guestsTitle, guestTable } from '../backups/describe-guests.ts';
import { describeRest } from '../backups/describe-rest.ts';
import { guestsOf } from '../backups/guest.ts';
import { defineIntegration, type IntegrationContext } from '../contract/integration.ts';
import { type Report, reportOf } from '../contract/report.ts';
import { summarize } from '../format/summarize.ts';
import { createPbs } from '../pbs/api.ts';
import { isReadable } from '../pbs/datastore.ts';
import { failuresOf } from '../pbs/task.ts';
import { createPve, type Pve } from '../pve/api.ts';
import { failedLines, part, valueOr } from '../toolkit/part.ts';

const HOUR_MS = 3_600_000;

type Context = IntegrationContext<BackupsConfig>;

/** The backups of each guest in Proxmox Backup Server. */
export const backups = defineIntegration({
  name: 'backups',
  usage: '/backups',
  description: 'Backups of each guest: age, verification, failures',
  variables: backupsVariables,
  config: backupsConfig,
  timeoutMs: 20_000,
  run: report,
  summary: (report) => summarize('Backups', report),
  async check({ http, config }) {
    const server = createPbs(http, config);
    const first = (await server.datastores()).find(isReadable);
    if (first) await server.groups(first.store, '');
    await pveOf({ http, config })?.uncovered();
  },
});

async function report({ http, config, now }: Context): Promise<Report> {
  const started = now();
  const server = createPbs(http, config);
  const maxAgeMs = config.BACKUP_MAX_AGE_HOURS * HOUR_MS;
  const stores = server.datastores();
  const [{ shelves, failed }, tasks, uncovered, all] = await Promise.all([
    stores.then((known) => collect(server, known.filter(isReadable), started, now)),
    part(server.tasks(started - Math.max(maxAgeMs, 24 * HOUR_MS))),
    part(pveOf({ http, config })?.uncovered() ?? Promise.resolve([])),
    stores,
  ]);
  const failures = failuresOf(valueOr(tasks, []));
  const guests = guestsOf(shelves, failures, { now: started, maxAgeMs });
  const lines = [
    ...describeGuests(guests, started),
    ...describeRest({ stores: all, failures, uncovered: valueOr(uncovered, []), now: started }),
    ...(guests.length === 0 && failed.length === 0 ? [NOTHING] : []),
    ...failed,
    ...failedLines([
      ['Failed tasks', tasks],
      ['Backup jobs', uncovered],
    ]),
  ];
  return reportOf(guestsTitle(guests, started), lines, guestTable(guests, started));
}

const NOTHING = {
  level: 'warn',
  text: 'There are no backups, or the token of PBS_TOKEN_ID is not shown them: it needs the role Audit on /.',
} as const;

/** Proxmox VE, if all that it needs is set. */
function pveOf({ http, config }: Pick<Context, 'http' | 'config'>): Pve | undefined {
  const { PVE_URL, PVE_TOKEN_ID, PVE_TOKEN_SECRET } = config;
  if (PVE_URL === undefined || PVE_TOKEN_ID === undefined || PVE_TOKEN_SECRET === undefined) return undefined;
  return createPve(http, { PVE_URL, PVE_TOKEN_ID, PVE_TOKEN_SECRET });
}
