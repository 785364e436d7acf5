import { describe, expect, it } from 'vitest';
import { readFixture } from '../../testing/serve-fixtures.ts';
import { backupGroup, snapshot } from '../pbs/backup.ts';
import { type Failure, failuresOf, pbsTask } from '../pbs/task.ts';
import { readList } from '../proxmox/read-data.ts';
import type { Shelf } from './collect.ts';
import { describeGuests, guestTable } from './describe-guests.ts';
import { describeRest } from './describe-rest.ts';
import { guestsOf } from './guest.ts';

const NOW = 1_700_001_000_000;
const HOUR = 3_600_000;
const AT = { now: NOW, maxAgeMs: 36 * HOUR };

const shelf: Shelf = {
  store: 'main',
  namespace: '',
  groups: readList('the fixture', backupGroup, JSON.parse(readFixture('pbs-groups.json'))),
  snapshots: readList('the fixture', snapshot, JSON.parse(readFixture('pbs-snapshots.json'))),
};

const failures = failuresOf(readList('the fixture', pbsTask, JSON.parse(readFixture('pbs-tasks-errors-24h.json'))));

function failed(id: string, at: number): Failure {
  return { kind: 'backup', id, at, reason: 'no room', warned: false };
}

describe('the backups of guests', () => {
  it('that have failed, are broken, overdue or protected are told of', () => {
    expect(describeGuests(guestsOf([shelf], [], AT), NOW)).toEqual([
      { level: 'error', text: 'mgmt 102: 1 backup failed verification', about: 'verification of mgmt 102' },
      { level: 'warn', text: 'mgmt 102 is overdue: last 9 d ago', about: 'age of mgmt 102' },
      { text: 'Protected: vm/110 1' },
    ]);
  });

  it('stand in a table: what is wrong first, then the oldest; not verified is no failure', () => {
    expect(guestTable(guestsOf([shelf], [], AT), NOW).rows).toEqual([
      ['mgmt 102', '9 d', '3', 'FAILED'],
      ['host/nas', '76 min', '7', 'yes'],
      ['npm 100', '16 min', '14', 'yes'],
      ['vm/110', '13 min', '12', 'no'],
    ]);
  });

  it('are overdue after the time that is set, and not before', () => {
    const overdue = (maxAgeMs: number) =>
      guestsOf([shelf], [], { now: NOW, maxAgeMs })
        .filter((guest) => guest.overdue)
        .map(({ group }) => group);
    expect(overdue(1000 * HOUR)).toEqual([]);
    expect(overdue(HOUR)).toEqual(['ct/102', 'host/nas']);
  });

  it('that failed are told of with their namespace, also when there is none at all', () => {
    const lines = describeGuests(guestsOf([], failures, AT), NOW);
    expect(lines).toEqual([
      {
        level: 'error',
        text: 'ct/111 failed 4 min ago: backup failed: connection error: connection reset by peer',
        about: 'failure of ct/111',
      },
      { level: 'error', text: 'ct/102 (pve) failed 20 min ago: it was cut off', about: 'failure of ct/102 (pve)' },
    ]);
  });

  it('that failed and were made since are well', () => {
    const last = 1_700_000_000_000;
    const failureOf = (at: number) =>
      guestsOf([shelf], [failed('main:ct/100', at)], AT).find(({ group }) => group === 'ct/100')?.failure;
    expect([failureOf(last - 1), failureOf(last + 1)]).toEqual([undefined, failed('main:ct/100', last + 1)]);
  });

  it('in two datastores are one guest with its newest; in two namespaces they are two', () => {
    const old = {
      ...shelf,
      store: 'usb',
      groups: shelf.groups.map((group) => ({ ...group, 'last-backup': 1 })),
      snapshots: [],
    };
    const npm = guestsOf([old, shelf, { ...shelf, namespace: 'away' }], [], AT).filter(
      ({ group }) => group === 'ct/100',
    );
    expect(npm.map(({ namespace, last, count }) => ({ namespace, last, count }))).toEqual([
      { namespace: '', last: 1_700_000_000_000, count: 28 },
      { namespace: 'away', last: 1_700_000_000_000, count: 14 },
    ]);
  });

  it('whose list could not be read are of unknown verification', () => {
    const guests = guestsOf([{ ...shelf, snapshots: undefined }], [], AT);
    expect(guestTable(guests, NOW).rows.map((row) => row[3])).toEqual(['?', '?', '?', '?']);
  });
});

it('broken datastores, failed verifications, warnings and guests without a job are told of', () => {
  const stores = [{ store: 'usb', error: 'no such\nfile' }].map((store) => ({ ...NOTHING, ...store }));
  const uncovered = [
    { vmid: 111, name: 'win11' },
    { vmid: 112, name: undefined },
  ];
  expect(describeRest({ stores, failures, uncovered, now: NOW })).toEqual([
    { level: 'error', text: 'usb: no such file', about: 'usb' },
    {
      level: 'error',
      text: 'Verification main:v-weekly failed 10 min ago: verification failed - please check the log for details',
      about: 'verificationjob main:v-weekly',
    },
    { level: 'warn', text: '1 backup with warnings, 15 min ago', about: 'warnings' },
    { level: 'warn', text: 'In no backup job: win11 111, 112' },
  ]);
});

const NOTHING = {
  total: undefined,
  used: undefined,
  avail: undefined,
  'mount-status': undefined,
  'estimated-full-date': undefined,
  'gc-status': undefined,
};
