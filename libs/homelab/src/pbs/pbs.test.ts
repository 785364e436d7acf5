import { describe, expect, it } from 'vitest';
import { readFixture } from '../../testing/serve-fixtures.ts';
import { readList } from '../proxmox/read-data.ts';
import { type Datastore, datastore } from './datastore.ts';
import { datastoreTable, describeDatastore } from './describe-datastores.ts';
import { describeFailures } from './describe-failures.ts';
import { describeCollection } from './garbage-collection.ts';
import { describeNodeStatus } from './node-status.ts';
import { failuresOf, groupOf, pbsTask } from './task.ts';

const NOW = 1_700_001_000_000;
const DAY = 86_400;

function stores(name: string): Datastore[] {
  return readList('the fixture', datastore, JSON.parse(readFixture(name)));
}

function failures(name: string) {
  return failuresOf(readList('the fixture', pbsTask, JSON.parse(readFixture(name))));
}

describe('datastores', () => {
  it('that are broken, full or hold bad chunks are told of', () => {
    const lines = stores('pbs-datastore-usage.json').flatMap((store) => describeDatastore(store, NOW));
    expect(lines).toEqual([
      { level: 'error', text: 'archive: 2 bad chunks', about: 'chunks of archive' },
      { level: 'warn', text: 'archive is 91 % full', about: 'use of archive' },
      {
        level: 'error',
        text: expect.stringMatching(/^usb: unable to open chunk store 'usb' at .{40,}…$/),
        about: 'usb',
      },
    ]);
  });

  it('stand in a table, the fullest first, without those that have no figures', () => {
    expect(datastoreTable(stores('pbs-datastore-usage.json'), NOW).rows).toEqual([
      ['archive', '91 %', '84 GiB', '-', '5.2x'],
      ['main', '48 %', '1.9 TiB', '578 d', '5.2x'],
    ]);
  });

  it('that are not mounted are no error', () => {
    const [main, usb] = stores('pbs-datastore-usage-v4-shape.json').map((store) => describeDatastore(store, NOW));
    expect([main, usb]).toEqual([[], [{ text: 'usb is not mounted' }]]);
  });

  it('that are full in less than a month are warned of, those that do not fill are not', () => {
    const at = (date: number) =>
      describeDatastore({ ...main(), 'estimated-full-date': date }, NOW).map(({ text }) => text);
    const now = NOW / 1000;
    expect([at(now + 12 * DAY), at(now + 40 * DAY), at(0), at(now - DAY)]).toEqual([
      ['main is full in 12 d'],
      [],
      [],
      [],
    ]);
  });

  it('of which the token sees no figures say that', () => {
    const [only] = readList('the test', datastore, { data: [{ store: 'main' }] });
    expect(only && describeDatastore(only, NOW)).toEqual([
      { level: 'unknown', text: 'main: no figures are shown', about: 'main' },
    ]);
  });

  function main(): Datastore {
    return stores('pbs-datastore-usage.json')[0] ?? expect.fail('no datastore');
  }
});

describe('tasks', () => {
  it('that failed are told one by one, those with warnings apart, and running ones not at all', () => {
    expect(describeFailures(failures('pbs-tasks-errors-24h.json'), NOW)).toEqual([
      {
        level: 'error',
        text: 'Backup main:ct/111 failed 4 min ago: backup failed: connection error: connection reset by peer',
        about: 'backup main:ct/111',
      },
      {
        level: 'error',
        text: 'Verification main:v-weekly failed 10 min ago: verification failed - please check the log for details',
        about: 'verificationjob main:v-weekly',
      },
      {
        level: 'error',
        text: 'Backup main:ns/pve/ct/102 failed 20 min ago: it was cut off',
        about: 'backup main:ns/pve/ct/102',
      },
      { level: 'warn', text: '1 task with warnings, 15 min ago', about: 'warnings' },
    ]);
    expect(describeFailures(failures('pbs-tasks-empty.json'), NOW)).toEqual([]);
  });

  it('are counted when there are more than five', () => {
    const failure = { kind: 'backup', id: 'a:ct/1', at: NOW, reason: 'no', warned: false };
    expect(describeFailures(Array(7).fill(failure), NOW).at(-1)?.text).toBe('and 2 more failed tasks');
  });

  it.each([
    ['main:ct/100', { store: 'main', namespace: '', group: 'ct/100' }],
    ['main:ns/pve/vm/100', { store: 'main', namespace: 'pve', group: 'vm/100' }],
    ['main:ns/a/ns/b/host/nas', { store: 'main', namespace: 'a/b', group: 'host/nas' }],
    ['main:v-weekly', undefined],
  ])('of a backup say by %s which guest it was of', (id, group) => {
    expect(groupOf({ kind: 'backup', id, at: NOW, reason: 'no', warned: false })).toEqual(group);
  });
});

it.each([
  [{ 'last-run-endtime': 1_699_970_000, 'last-run-state': 'OK' }, { text: 'GC of main: 8 h ago' }],
  [
    { 'last-run-endtime': 1_699_970_000, 'last-run-state': 'disk is broken' },
    { level: 'error', text: 'GC of main: 8 h ago, disk is broken', about: 'GC of main' },
  ],
  [
    { 'last-run-endtime': 1_699_970_000, 'last-run-state': 'WARNINGS: 1' },
    { level: 'warn', text: 'GC of main: 8 h ago, WARNINGS: 1', about: 'GC of main' },
  ],
  [{}, { text: 'GC of main: not yet' }],
])('a garbage collection of %o is told by its age and how it ended', (collection, line) => {
  const full = { 'last-run-endtime': undefined, 'last-run-state': undefined, ...collection };
  expect(describeCollection({ store: 'main', ...full }, NOW)).toEqual(line);
});

it('a server whose root disk fills up is warned of', () => {
  const room = { total: 100, used: 90 };
  expect(describeNodeStatus({ cpu: 0.5, uptime: 60, memory: room, root: room })).toEqual([
    { level: 'warn', text: 'Root disk is 90 % full' },
    { text: 'Server: CPU 50 %, RAM 90 %, up 1 min' },
  ]);
});
