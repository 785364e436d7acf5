import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readReply, SINCE } from '@signalbox/contracts';
import type { Integration, Report } from '@signalbox/homelab';
import { expect, it, onTestFinished } from 'vitest';
import { partsOf } from '../../apps/bot/src/outbox/present-parts.ts';
import { showReport } from '../../apps/worker/src/house/show-report.ts';
import { describeHost } from '../../libs/homelab/src/host/describe-host.ts';
import { backups } from '../../libs/homelab/src/integrations/backups.ts';
import { createBeszel } from '../../libs/homelab/src/integrations/beszel.ts';
import { kuma } from '../../libs/homelab/src/integrations/kuma.ts';
import { pbs } from '../../libs/homelab/src/integrations/pbs.ts';
import { createPing } from '../../libs/homelab/src/integrations/ping.ts';
import { pve } from '../../libs/homelab/src/integrations/pve.ts';
import { contextFor } from '../../libs/homelab/testing/context.ts';
import { type FixtureServer, fixture, readFixture, serveFixtures } from '../../libs/homelab/testing/serve-fixtures.ts';
import { FIXTURES_NOW, servePbs, servePve, variablesFor } from '../../libs/homelab/testing/serve-proxmox.ts';

const BESZEL_NOW = Date.parse('2026-02-04T15:00:00Z');
const GIB = 1024 ** 3;

/** The message that the chat shows, by the way that a report goes: through the queue as JSON, then rendered. */
function chatText(report: Report): string {
  const shown = { version: SINCE.report, place: { chatId: 7 }, ...showReport(report) };
  const read = readReply(JSON.parse(JSON.stringify(shown)));
  if (read.status !== 'ok') throw new Error(`No reply: ${JSON.stringify(read)}`);
  const parts = partsOf(read.value);
  return `${parts.map((part) => (part.kind === 'message' ? part.message.text : part.kind)).join('\n────\n')}\n`;
}

const run = async <Config>(
  integration: Integration<Config>,
  values: Record<string, string>,
  { now = FIXTURES_NOW, args = [] }: { now?: number; args?: string[] } = {},
) => chatText(await integration.run(contextFor(integration, values, { now }), args));

async function serving(server: Promise<FixtureServer>): Promise<FixtureServer> {
  const started = await server;
  onTestFinished(() => started.close());
  return started;
}

async function serveBeszel(): Promise<Record<string, string>> {
  const routes = {
    '/api/collections/users/auth-with-password': fixture('beszel-auth.json'),
    '/api/collections/systems/records': fixture('beszel-systems.json'),
  };
  const { url } = await serving(serveFixtures(routes));
  return { BESZEL_URL: url, BESZEL_EMAIL: 'bot@home.arpa', BESZEL_PASSWORD: 'password' };
}

async function serveKuma(): Promise<Record<string, string>> {
  const { url } = await serving(serveFixtures({ '/metrics': fixture('kuma-metrics-2.5.3.txt') }));
  return { KUMA_URL: url, KUMA_API_KEY: 'uk1_key' };
}

/** A directory with a `ping` that knows two hosts: one is there, the other is not. */
async function recordedPing(): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'signalbox-ping-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const outputs = JSON.parse(readFixture('ping-outputs.json'));
  const [there, silent] = [outputs.ok.stdout, outputs.allLost.stdout];
  const script = `#!/bin/sh\ncase "$*" in\n*10.5.0.20) printf %s '${there}'; exit 0;;\n*) printf %s '${silent}'; exit 1;;\nesac\n`;
  await writeFile(join(dir, 'ping'), script, { mode: 0o755 });
  return dir;
}

const texts: Record<string, () => Promise<string>> = {
  pve: async () => run(pve, variablesFor('PVE', await serving(servePve()))),
  pbs: async () => run(pbs, variablesFor('PBS', await serving(servePbs()))),
  backups: async () => {
    const servers = await Promise.all([serving(servePbs()), serving(servePve())]);
    return run(backups, { ...variablesFor('PBS', servers[0]), ...variablesFor('PVE', servers[1]) });
  },
  beszel: async () => run(createBeszel(), await serveBeszel(), { now: BESZEL_NOW }),
  'beszel-one': async () => run(createBeszel(), await serveBeszel(), { now: BESZEL_NOW, args: ['nas'] }),
  kuma: async () => run(kuma, await serveKuma()),
  ping: async () => run(createPing(await recordedPing()), { PING_HOSTS: 'nas=10.5.0.20,tv=10.5.0.66' }),
  host: async () =>
    chatText(
      describeHost({
        cpus: 4,
        load: [1.5, 1.2, 1],
        memory: { used: 2 * GIB, total: 8 * GIB },
        uptimeMs: 3 * 86_400_000,
        disks: [{ path: '/', use: { used: 93 * GIB, total: 100 * GIB } }],
      }),
    ),
};

it.each(Object.keys(texts))(
  '/%s is shown in the chat as recorded (update: npx vitest run homelab -u, in test/)',
  async (name) => {
    await expect(await texts[name]?.()).toMatchFileSnapshot(`texts/${name}.txt`);
  },
);
