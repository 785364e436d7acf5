import { expect, it, onTestFinished } from 'vitest';
import { contextFor } from '../../testing/context.ts';
import { fixture, hang, json, status } from '../../testing/serve-fixtures.ts';
import { FIXTURES_NOW, servePbs, servePve, variablesFor } from '../../testing/serve-proxmox.ts';
import { backups } from './backups.ts';

const MAIN = '/api2/json/admin/datastore/main';

async function start(now: number | (() => number) = FIXTURES_NOW) {
  const server = await servePbs();
  onTestFinished(() => server.close());
  const values = variablesFor('PBS', server);
  return { server, values, context: contextFor(backups, values, { now }) };
}

async function startWithPve() {
  const { server, values } = await start();
  const house = await servePve();
  onTestFinished(() => house.close());
  const all = { ...values, ...variablesFor('PVE', house) };
  return { server, house, context: contextFor(backups, all, { now: FIXTURES_NOW }) };
}

it('/backups tells of each guest, what has failed first', async () => {
  const { server, context } = await start();
  const report = await backups.run(context, []);
  expect(report).toEqual({
    level: 'error',
    title: 'Backups: 6 guests, oldest 9 d',
    lines: [
      { level: 'error', text: 'mgmt 102: 1 backup failed verification', about: 'verification of mgmt 102' },
      { level: 'error', text: expect.stringContaining('ct/111 failed 4 min ago: '), about: 'failure of ct/111' },
      { level: 'error', text: 'ct/102 (pve) failed 20 min ago: it was cut off', about: 'failure of ct/102 (pve)' },
      { level: 'error', text: expect.stringContaining('usb: unable to open chunk store'), about: 'usb' },
      {
        level: 'error',
        text: expect.stringContaining('Verification main:v-weekly failed 10 min ago: '),
        about: 'verificationjob main:v-weekly',
      },
      { level: 'warn', text: 'mgmt 102 is overdue: last 9 d ago', about: 'age of mgmt 102' },
      { level: 'warn', text: '1 backup with warnings, 15 min ago', about: 'warnings' },
      { text: 'Protected: vm/110 1' },
    ],
    table: {
      head: ['Guest', 'Age', 'Nr', 'Verified'],
      rows: [
        ['ct/111', 'none', '0', '-'],
        ['ct/102 (pve)', 'none', '0', '-'],
        ['mgmt 102', '9 d', '3', 'FAILED'],
        ['host/nas', '76 min', '7', 'yes'],
        ['npm 100', '16 min', '14', 'yes'],
        ['vm/110', '13 min', '12', 'no'],
      ],
    },
  });
  expect(backups.summary(report)).toBe('Backups: mgmt 102: 1 backup failed verification (+6)');
  expect(server.asked.filter(({ path }) => path.includes('/usb/'))).toEqual([]);
});

it('/backups reads the namespaces; if they cannot be told it says so, and reads the root', async () => {
  const { server, context } = await start();
  server.reply(`${MAIN}/groups?ns=pve`, fixture('pbs-groups.json'));
  const namesOf = async () => (await backups.run(context, [])).table?.rows.map(([name]) => name);
  expect(await namesOf()).toContain('npm 100 (pve)');
  server.reply(`${MAIN}/namespace`, status(404));
  const { lines } = await backups.run(context, []);
  expect(lines).toContainEqual({ level: 'unknown', text: expect.stringMatching(/^Namespaces of main: .*\(404\)/) });
  const names = await namesOf();
  expect(names).toContain('npm 100');
  expect(names).not.toContain('npm 100 (pve)');
});

it('/backups asks nothing of a datastore that is not mounted', async () => {
  const { server, context } = await start();
  server.reply('/api2/json/status/datastore-usage', fixture('pbs-datastore-usage-v4-shape.json'));
  expect((await backups.run(context, [])).lines.filter(({ level }) => level === 'unknown')).toEqual([]);
});

it('/backups asks Proxmox VE, with its own token and certificate, for guests that no job covers', async () => {
  const { context } = await startWithPve();
  const { lines } = await backups.run(context, []);
  expect(lines).toContainEqual({ level: 'warn', text: 'In no backup job: win11 111' });
});

it('/backups is answered without Proxmox VE when that is off', async () => {
  const { house, context } = await startWithPve();
  await house.close();
  const { lines, table } = await backups.run(context, []);
  const unknown = lines.filter(({ level }) => level === 'unknown').map(({ text }) => text);
  expect(unknown).toEqual([expect.stringMatching(/^Backup jobs: PVE_URL .* connection refused/)]);
  expect(table?.rows).toHaveLength(6);
});

it('/backups shows the guests when the list of backups does not come in time', async () => {
  // The clock stands shortly before the end once the datastores are known.
  let asked = 0;
  const { server, context } = await start(() => (asked++ === 0 ? FIXTURES_NOW : FIXTURES_NOW + 15_000));
  server.reply(`${MAIN}/snapshots`, hang);
  const { lines, table } = await backups.run(context, []);
  expect(lines).toContainEqual({
    level: 'unknown',
    text: expect.stringMatching(/^Verification in main: .* within 3 s/),
  });
  expect(table?.rows).toContainEqual(['npm 100', '16 min', '14', '?']);
});

it('/backups without any backup says that there are none, or a right is wanting', async () => {
  const { server, context } = await start();
  server.reply('/api2/json/nodes/localhost/tasks', fixture('pbs-tasks-empty.json'));
  server.reply(`${MAIN}/groups`, json({ data: [] }));
  expect((await backups.run(context, [])).lines).toContainEqual({
    level: 'warn',
    text: 'There are no backups, or the token of PBS_TOKEN_ID is not shown them: it needs the role Audit on /.',
  });
});

it('BACKUP_MAX_AGE_HOURS says when a backup is overdue', async () => {
  const { values } = await start();
  const context = contextFor(backups, { ...values, BACKUP_MAX_AGE_HOURS: '1' }, { now: FIXTURES_NOW });
  const { lines } = await backups.run(context, []);
  expect(lines).toContainEqual({
    level: 'warn',
    text: 'host/nas is overdue: last 76 min ago',
    about: 'age of host/nas',
  });
  for (const wrong of ['0', '1.5', 'a day']) {
    expect(backups.config.safeParse({ ...values, BACKUP_MAX_AGE_HOURS: wrong }).success).toBe(false);
  }
});
