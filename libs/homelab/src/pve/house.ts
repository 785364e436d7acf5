import type { PveGuest, PveNode, PveResource, PveStorage } from './resource.ts';

/** What Proxmox VE runs: templates left out, shared storage once. */
export interface House {
  readonly nodes: readonly PveNode[];
  readonly guests: readonly PveGuest[];
  readonly storages: readonly PveStorage[];
}

/** Leaves out what offline nodes say of their storage: it is old. */
export function houseOf(resources: readonly PveResource[]): House {
  const nodes = resources.filter((one) => one.type === 'node');
  const online = new Set(nodes.filter(isOnline).map(({ node }) => node));
  return {
    nodes,
    guests: resources.filter(isGuest).filter(({ template }) => !template),
    storages: distinct(resources.filter((one) => one.type === 'storage').filter(({ node }) => online.has(node))),
  };
}

/** A node that is anything else shows nothing of itself. */
export function isOnline({ status }: PveNode): boolean {
  return status === 'online';
}

function isGuest(resource: PveResource): resource is PveGuest {
  return resource.type === 'qemu' || resource.type === 'lxc';
}

/** The share of 1 of all CPUs that is used; a node counts as much as it has CPUs. */
export function cpuOf(nodes: readonly PveNode[]): number {
  const weights = sum(nodes.map(({ maxcpu = 0 }) => maxcpu));
  return weights === 0 ? 0 : sum(nodes.map(({ cpu = 0, maxcpu = 0 }) => cpu * maxcpu)) / weights;
}

/** The share of 1 of all memory that is used. */
export function memoryOf(nodes: readonly PveNode[]): number {
  const most = sum(nodes.map(({ maxmem = 0 }) => maxmem));
  return most === 0 ? 0 : sum(nodes.map(({ mem = 0 }) => mem)) / most;
}

/** Every node tells of a shared storage: of these, one that can reach it. */
function distinct(storages: readonly PveStorage[]): PveStorage[] {
  const byName = new Map<string, PveStorage>();
  for (const one of storages) {
    const name = one.shared ? one.storage : `${one.node}/${one.storage}`;
    if (byName.get(name)?.status !== 'available') byName.set(name, one);
  }
  return [...byName.values()];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
