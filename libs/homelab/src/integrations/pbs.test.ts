import { expect, it, onTestFinished } from 'vitest';
import { contextFor } from '../../testing/context.ts';
import { cut, fixture, json, status } from '../../testing/serve-fixtures.ts';
import { FIXTURES_NOW, servePbs, variablesFor } from '../../testing/serve-proxmox.ts';
import { pbs } from './pbs.ts';

async function start() {
  const server = await servePbs();
  onTestFinished(() => server.close());
  return { server, context: contextFor(pbs, variablesFor('PBS', server), { now: FIXTURES_NOW }) };
}

it('/pbs tells of datastores, failed tasks, garbage collection and the server, the worst first', async () => {
  const { server, context } = await start();
  const report = await pbs.run(context, []);
  expect(report).toEqual({
    level: 'error',
    title: 'PBS: 3 datastores',
    lines: [
      { level: 'error', text: 'archive: 2 bad chunks', about: 'chunks of archive' },
      { level: 'error', text: expect.stringContaining('usb: unable to open chunk store'), about: 'usb' },
      {
        level: 'error',
        text: expect.stringContaining('Backup main:ct/111 failed 4 min ago: '),
        about: 'backup main:ct/111',
      },
      {
        level: 'error',
        text: expect.stringContaining('Verification main:v-weekly failed 10 min ago: '),
        about: 'verificationjob main:v-weekly',
      },
      {
        level: 'error',
        text: 'Backup main:ns/pve/ct/102 failed 20 min ago: it was cut off',
        about: 'backup main:ns/pve/ct/102',
      },
      { level: 'warn', text: 'archive is 91 % full', about: 'use of archive' },
      { level: 'warn', text: '1 task with warnings, 15 min ago', about: 'warnings' },
      { text: 'GC of main: 8 h ago' },
      { text: 'Server: CPU 2 %, RAM 27 %, up 15 d' },
    ],
    table: {
      head: ['Store', 'Used', 'Free', 'Full in', 'Dedup'],
      rows: [
        ['archive', '91 %', '84 GiB', '-', '5.2x'],
        ['main', '48 %', '1.9 TiB', '578 d', '5.2x'],
      ],
    },
  });
  expect(pbs.summary(report)).toBe('PBS: archive: 2 bad chunks (+6)');
  expect(server.asked.map(({ path }) => path)).toContain(
    '/api2/json/nodes/localhost/tasks?errors=true&since=1699914600&limit=100',
  );
});

it('/pbs that is well is told by its title', async () => {
  const { server, context } = await start();
  server.reply('/api2/json/status/datastore-usage', fixture('pbs-datastore-usage-v4-shape.json'));
  server.reply('/api2/json/nodes/localhost/tasks', fixture('pbs-tasks-empty.json'));
  const report = await pbs.run(context, []);
  expect([report.level, pbs.summary(report)]).toEqual(['ok', 'PBS: 2 datastores']);
});

it('/pbs shows what is known when parts of it fail, and each failure once', async () => {
  const { server, context } = await start();
  server.reply('/api2/json/nodes/localhost/tasks', cut);
  server.reply('/api2/json/admin/gc', cut);
  server.reply('/api2/json/nodes/localhost/status', status(403));
  const { lines, table } = await pbs.run(context, []);
  expect(lines.filter(({ level }) => level === 'unknown')).toEqual([
    {
      level: 'unknown',
      text: `Failed tasks, GC: PBS_URL (${server.url}) cut the connection. Is it being restarted, and is the port right?`,
    },
    {
      level: 'unknown',
      text: expect.stringMatching(/^Server: .* does not show \/api2\/json\/nodes\/localhost\/status \(403\)/),
    },
  ]);
  expect(table?.rows).toHaveLength(2);
});

it('/pbs shows failed tasks when the datastores cannot be told', async () => {
  const { server, context } = await start();
  server.reply('/api2/json/status/datastore-usage', status(500));
  const { title, lines } = await pbs.run(context, []);
  expect([title, lines[0]?.text]).toEqual(['PBS', expect.stringContaining('Backup main:ct/111 failed')]);
});

it('/pbs does not say that all is well when the token sees no datastore', async () => {
  const { server, context } = await start();
  server.reply('/api2/json/status/datastore-usage', json({ data: [] }));
  await expect(pbs.run(context, [])).rejects.toMatchObject({ code: 'rights' });
});
