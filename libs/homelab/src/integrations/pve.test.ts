import { expect, it, onTestFinished } from 'vitest';
import { contextFor } from '../../testing/context.ts';
import { fixture, json } from '../../testing/serve-fixtures.ts';
import { servePve, variablesFor } from '../../testing/serve-proxmox.ts';
import { pve } from './pve.ts';

async function start() {
  const server = await servePve();
  onTestFinished(() => server.close());
  return { server, context: contextFor(pve, variablesFor('PVE', server)) };
}

it('/pve tells of nodes, guests and storage, and /status of the worst', async () => {
  const { context } = await start();
  const report = await pve.run(context, []);
  expect(report).toEqual({
    level: 'warn',
    title: 'Proxmox VE: 3 of 4 guests run',
    lines: [
      { level: 'warn', text: 'Storage local-zfs: 86 % of 447 GiB', about: 'storage local-zfs' },
      { text: 'pve: CPU 7 %, RAM 61 %, up 15 d' },
      { text: 'Stopped: win11' },
    ],
  });
  expect(pve.summary(report)).toBe('Proxmox VE: Storage local-zfs: 86 % of 447 GiB');
});

it('/pve with a node offline is an error', async () => {
  const { server, context } = await start();
  server.reply('/api2/json/cluster/resources', fixture('pve-cluster-resources-node-offline.json'));
  expect(await pve.run(context, [])).toMatchObject({
    level: 'error',
    lines: [{ text: 'Node pve2 is offline', about: 'node pve2' }, {}, {}],
  });
});

it('/pve with a token that is told only the names of the nodes says which right it needs', async () => {
  const { server, context } = await start();
  const named = { type: 'node', node: 'pve', status: 'online' };
  server.reply('/api2/json/cluster/resources', json({ data: [named, { type: 'sdn', sdn: 'localnetwork' }] }));
  await expect(pve.run(context, [])).rejects.toMatchObject({
    code: 'rights',
    message: expect.stringContaining('PVE_TOKEN_ID sees nothing. It needs the role PVEAuditor on /'),
  });
});
