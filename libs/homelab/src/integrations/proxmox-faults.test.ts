import { describe, expect, it, onTestFinished } from 'vitest';
import { contextFor } from '../../testing/context.ts';
import { makeCertificate } from '../../testing/make-certificate.ts';
import {
  cut,
  type FixtureServer,
  hang,
  json,
  type Reply,
  status,
  text,
  tooLong,
} from '../../testing/serve-fixtures.ts';
import { FIXTURES_NOW, servePbs, servePve, TOKEN_SECRET, variablesFor } from '../../testing/serve-proxmox.ts';
import type { Integration } from '../contract/integration.ts';
import { backups } from './backups.ts';
import { pbs } from './pbs.ts';
import { pve } from './pve.ts';

/** An integration with the server that it asks. */
interface Served {
  readonly integration: Integration;
  readonly name: 'PVE' | 'PBS';
  readonly serve: () => Promise<FixtureServer>;
}

const SERVED: Readonly<Record<string, Served>> = {
  pve: { integration: pve, name: 'PVE', serve: servePve },
  pbs: { integration: pbs, name: 'PBS', serve: servePbs },
  backups: { integration: backups, name: 'PBS', serve: servePbs },
};

async function start({ serve }: Served): Promise<FixtureServer> {
  const server = await serve();
  onTestFinished(() => server.close());
  return server;
}

/** Answers all that it is asked so. */
function replyAlways(server: FixtureServer, { name }: Served, reply: Reply): void {
  const paths =
    name === 'PVE' ? ['cluster/resources'] : ['status/datastore-usage', 'nodes/localhost/tasks', 'admin/gc'];
  for (const path of [...paths, 'nodes/localhost/status']) server.reply(`/api2/json/${path}`, reply);
}

/** The errors of `run` and of `check`, which are to be the same. */
async function failuresOf(served: Served, server: FixtureServer, values: Readonly<Record<string, string>> = {}) {
  const { integration, name } = served;
  const context = contextFor(integration, { ...variablesFor(name, server), ...values }, { now: FIXTURES_NOW });
  const caught = await Promise.all([
    integration.run(context, []).then(
      () => expect.fail('it did not fail'),
      (error: Error) => error,
    ),
    integration.check(context).then(
      () => expect.fail('it did not fail'),
      (error: Error) => error,
    ),
  ]);
  for (const error of caught) expect(error.message).not.toContain(TOKEN_SECRET);
  return caught;
}

describe.each(Object.entries(SERVED))('/%s', (_, served) => {
  const { name } = served;

  it('is answered over a certificate that is pinned, with the credentials, reading only', async () => {
    const server = await start(served);
    const context = contextFor(served.integration, variablesFor(name, server), { now: FIXTURES_NOW });
    await served.integration.run(context, []);
    await served.integration.check(context);
    expect(new Set(server.asked.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  it('with a wrong token says which variables to check', async () => {
    const server = await start(served);
    for (const error of await failuresOf(served, server, { [`${name}_TOKEN_SECRET`]: 'wrong' })) {
      expect(error).toMatchObject({
        code: 'refused',
        message: `${name}_URL (${server.url}) does not let us in (401). Check ${name}_TOKEN_ID and ${name}_TOKEN_SECRET.`,
      });
    }
  });

  it.each([
    [
      'without the right',
      status(403),
      { code: 'refused', message: /\(403\)\. It needs the role (PVEAuditor|Audit) on \// },
    ],
    ['whose token is shown nothing', json({ data: [] }), { code: 'rights', message: /sees no.*It needs the role/ }],
    ['that cuts the connection', cut, { code: 'unreachable', message: /cut the connection/ }],
    ['that is another service', text('<html>Welcome'), { code: 'answer', message: /not JSON/ }],
    ['that answers in another shape', json({ data: 'yes' }), { code: 'answer', message: /shape that is not known/ }],
    ['whose entries are others', json({ data: [{ on: 1 }] }), { code: 'answer', message: /shape that is not known/ }],
    ['that says too much', tooLong, { code: 'answer', message: /2 MB/ }],
    ['in trouble', status(500, `no ${TOKEN_SECRET}`), { code: 'answer', message: /error \(500\): no \[redacted\]/ }],
  ] as const)('of a server %s says so', async (_, reply, { code, message }) => {
    const server = await start(served);
    replyAlways(server, served, reply);
    for (const error of await failuresOf(served, server)) {
      expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
      expect(error.message).toContain(`${name}_URL`);
    }
  });

  it('of a server with another certificate says so, and sends it nothing', async () => {
    const server = await start(served);
    const pin = (await makeCertificate()).fingerprint;
    for (const error of await failuresOf(served, server, { [`${name}_FINGERPRINT`]: pin })) {
      expect(error).toMatchObject({ code: 'certificate', message: expect.stringContaining(`${name}_FINGERPRINT`) });
    }
    expect(server.asked).toEqual([]);
  });

  it('of a server that is off says so', async () => {
    const server = await start(served);
    await server.close();
    for (const error of await failuresOf(served, server)) {
      expect(error).toMatchObject({ code: 'unreachable', message: expect.stringContaining('connection refused') });
    }
  });
});

describe.concurrent('of a server that hangs', () => {
  it.each(Object.entries(SERVED))('/%s says so after 5 s', async (_, served) => {
    const server = await served.serve();
    replyAlways(server, served, hang);
    for (const error of await failuresOf(served, server)) {
      expect(error).toMatchObject({ code: 'timeout', message: expect.stringContaining('within 5 s') });
    }
    await server.close();
  });

  it('at one question only, /pbs shows the answers to the others', async () => {
    const server = await servePbs();
    server.reply('/api2/json/nodes/localhost/tasks', hang);
    const { lines, table } = await pbs.run(contextFor(pbs, variablesFor('PBS', server), { now: FIXTURES_NOW }), []);
    const unknown = lines.filter(({ level }) => level === 'unknown').map(({ text }) => text);
    expect(unknown).toEqual([expect.stringMatching(/^Failed tasks: .* within 5 s/)]);
    expect(table?.rows).toHaveLength(2);
    await server.close();
  });
});

describe('the variables', () => {
  it.each([
    ['PVE_URL', 'ftp://10.0.0.2'],
    ['PVE_URL', 'https://root:secret@10.0.0.2:8006'],
    ['PVE_TOKEN_ID', 'root@pam'],
    ['PVE_TOKEN_SECRET', 'two\nlines'],
    ['PVE_FINGERPRINT', 'AB:CD'],
  ])('%s is not accepted as %j', (name, value) => {
    const good = { PVE_URL: 'https://10.0.0.2:8006', PVE_TOKEN_ID: 'a@pve!b', PVE_TOKEN_SECRET: TOKEN_SECRET };
    expect(pve.config.safeParse(good).success).toBe(true);
    expect(pve.config.safeParse({ ...good, [name]: value }).error?.issues.map(({ path }) => path)).toEqual([[name]]);
  });
});
