import { defineIntegration } from '../contract/integration.ts';
import { summarize } from '../format/summarize.ts';
import { createPve, RIGHT } from '../pve/api.ts';
import { pveConfig, pveVariables } from '../pve/config.ts';
import { describeHouse } from '../pve/describe-house.ts';
import { houseOf } from '../pve/house.ts';

/** Proxmox VE: nodes, guests, storage. */
export const pve = defineIntegration({
  name: 'pve',
  usage: '/pve',
  description: 'Proxmox VE: nodes, guests, and storage that fills up',
  rights: `The token needs ${RIGHT}.`,
  variables: pveVariables,
  config: pveConfig,
  timeoutMs: 10_000,
  async run({ http, config }) {
    return describeHouse(houseOf(await createPve(http, config).resources()));
  },
  summary: (report) => summarize('Proxmox VE', report),
  async check({ http, config }) {
    await createPve(http, config).resources();
  },
});
