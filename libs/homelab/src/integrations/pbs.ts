import { defineIntegration } from '../contract/integration.ts';
import { type Report, reportOf } from '../contract/report.ts';
import { showCount } from '../format/show-amount.ts';
import { summarize } from '../format/summarize.ts';
import { createPbs, type Pbs, RIGHT } from '../pbs/api.ts';
import { pbsConfig, pbsVariables } from '../pbs/config.ts';
import { datastoreTable, describeDatastore } from '../pbs/describe-datastores.ts';
import { describeFailures } from '../pbs/describe-failures.ts';
import { describeCollection } from '../pbs/garbage-collection.ts';
import { describeNodeStatus } from '../pbs/node-status.ts';
import { failuresOf } from '../pbs/task.ts';
import { failedLines, needOne, part, valueOr } from '../toolkit/part.ts';

/** Which failed tasks are of interest, in ms. */
const DAY_MS = 86_400_000;

/** Proxmox Backup Server: datastores, failed tasks, garbage collection. */
export const pbs = defineIntegration({
  name: 'pbs',
  usage: '/pbs',
  description: 'Proxmox Backup Server: datastores and failed tasks',
  rights: `The token needs ${RIGHT}.`,
  variables: pbsVariables,
  config: pbsConfig,
  timeoutMs: 10_000,
  run: ({ http, config, now }) => report(createPbs(http, config), now()),
  summary: (report) => summarize('PBS', report),
  async check({ http, config }) {
    await createPbs(http, config).datastores();
  },
});

async function report(server: Pbs, now: number): Promise<Report> {
  const parts = await Promise.all([
    part(server.datastores()),
    part(server.tasks(now - DAY_MS)),
    part(server.collections()),
    part(server.node()),
  ]);
  needOne(parts);
  const [stores, tasks, collections, node] = parts;
  // The rest of the answers is empty for the same reason, and would read as if all were well.
  if ('failed' in stores && stores.failed.code === 'rights') throw stores.failed;
  const known = valueOr(stores, []);
  const title = 'value' in stores ? `PBS: ${showCount(known.length, 'datastore')}` : 'PBS';
  const lines = [
    ...known.flatMap((store) => describeDatastore(store, now)),
    ...describeFailures(failuresOf(valueOr(tasks, [])), now),
    ...failedLines([
      ['Datastores', stores],
      ['Failed tasks', tasks],
      ['GC', collections],
      ['Server', node],
    ]),
    ...valueOr(collections, []).map((collection) => describeCollection(collection, now)),
    ...('value' in node ? describeNodeStatus(node.value) : []),
  ];
  return reportOf(title, lines, datastoreTable(known, now));
}
