import { describe, expect, it } from 'vitest';
import { readFixture } from '../../testing/serve-fixtures.ts';
import { readList } from '../proxmox/read-data.ts';
import { describeHouse } from './describe-house.ts';
import { houseOf } from './house.ts';
import { type PveResource, pveResource } from './resource.ts';

function read(name: string): PveResource[] {
  return readList('the fixture', pveResource, JSON.parse(readFixture(name)));
}

const node = { type: 'node', node: 'a', status: 'online', cpu: 0.5, maxcpu: 4, mem: 1, maxmem: 4 };
const disk = { type: 'storage', storage: 'nas', node: 'a', status: 'available', shared: 1, disk: 90, maxdisk: 100 };

function describeAll(...data: readonly object[]) {
  return describeHouse(houseOf(readList('the test', pveResource, { data })));
}

describe('a house', () => {
  it('that is well but for a storage is told in a few lines, the storage first', () => {
    expect(describeHouse(houseOf(read('pve-cluster-resources.json')))).toEqual({
      level: 'warn',
      title: 'Proxmox VE: 3 of 4 guests run',
      lines: [
        { level: 'warn', text: 'Storage local-zfs: 86 % of 447 GiB', about: 'storage local-zfs' },
        { text: 'pve: CPU 7 %, RAM 61 %, up 15 d' },
        { text: 'Stopped: win11' },
      ],
    });
  });

  it('with a node offline says so first, and that its guests are not known', () => {
    const { level, lines } = describeHouse(houseOf(read('pve-cluster-resources-node-offline.json')));
    expect(level).toBe('error');
    expect(lines.slice(0, 2)).toEqual([
      { level: 'error', text: 'Node pve2 is offline', about: 'node pve2' },
      { level: 'warn', text: 'Not known whether they run: dns2 (pve2)' },
    ]);
  });

  it('weights the CPUs of its nodes by how many they have', () => {
    const small = { ...node, node: 'b', cpu: 1, maxcpu: 1, mem: 3 };
    expect(describeAll(node, small).lines.at(-1)?.text).toBe('All nodes: CPU 60 %, RAM 50 %');
  });

  it('tells of a shared storage once, by a node that reaches it, and of others by node', () => {
    const nodes = [node, { ...node, node: 'b' }];
    const shared = [
      { ...disk, status: 'unknown', disk: 0 },
      { ...disk, node: 'b' },
    ];
    const own = [
      { ...disk, storage: 'local', shared: 0 },
      { ...disk, storage: 'local', node: 'b', shared: 0 },
    ];
    const texts = describeAll(...nodes, ...shared, ...own)
      .lines.filter(({ level }) => level)
      .map(({ text }) => text);
    expect(texts).toEqual([
      'Storage nas: 90 % of 100 B',
      'Storage local (a): 90 % of 100 B',
      'Storage local (b): 90 % of 100 B',
    ]);
  });

  it.each([
    [0.85, undefined],
    [0.86, 'warn'],
    [0.96, 'error'],
  ])('with a storage that is used to %f has it at the level %s', (share, level) => {
    const { lines } = describeAll(node, { ...disk, disk: share * 100 });
    expect(lines.find(({ text }) => text.startsWith('Storage'))?.level).toBe(level);
  });

  it('of which the token sees no figures says that', () => {
    const lines = describeAll({ type: 'node', node: 'a', status: 'online' }, disk).lines;
    expect(lines).toContainEqual({ level: 'unknown', text: 'a: online; the token sees no figures', about: 'node a' });
  });

  it('lists eight stopped guests by name and counts the others', () => {
    const stopped = Array.from({ length: 10 }, (_, at) => ({
      type: 'lxc',
      vmid: 100 + at,
      node: 'a',
      status: 'stopped',
    }));
    const { lines } = describeAll(node, ...stopped);
    expect(lines.at(-1)?.text).toBe('Stopped: 100, 101, 102, 103, 104, 105, 106, 107 and 2 more');
  });
});
