import { type Report, type ReportLine, reportOf } from '../contract/report.ts';
import { oneLine } from '../format/one-line.ts';
import { showSpan } from '../format/show-age.ts';
import { showBytes, showCount, showPercent } from '../format/show-amount.ts';
import { fullness } from '../proxmox/fullness.ts';
import { cpuOf, type House, isOnline, memoryOf } from './house.ts';
import type { PveGuest, PveNode, PveStorage } from './resource.ts';

/** How many names a line lists. */
const MAX_NAMES = 8;

/** What is off, full or broken first; the rest is in the table. */
export function describeHouse(house: House): Report {
  const running = house.guests.filter(({ status }) => status === 'running');
  const title = `Proxmox VE: ${running.length} of ${showCount(house.guests.length, 'guest')} run`;
  return reportOf(title, [
    ...house.nodes.map(describeNode),
    ...describeAll(house.nodes.filter(isOnline)),
    ...describeGuests(house.guests, house.nodes.length > 1),
    ...house.storages.flatMap((storage) => describeStorage(storage, house.nodes.length > 1)),
  ]);
}

function describeNode(node: PveNode): ReportLine {
  if (!isOnline(node))
    return { level: 'error', text: `Node ${node.node} is ${node.status ?? 'unknown'}`, about: `node ${node.node}` };
  if (node.maxcpu === undefined)
    return { level: 'unknown', text: `${node.node}: online; the token sees no figures`, about: `node ${node.node}` };
  const uptime = node.uptime === undefined ? '' : `, up ${showSpan(node.uptime * 1000)}`;
  return { text: `${node.node}: ${showUse([node])}${uptime}` };
}

/** Of several nodes also what they use together. */
function describeAll(nodes: readonly PveNode[]): ReportLine[] {
  return nodes.length > 1 ? [{ text: `All nodes: ${showUse(nodes)}` }] : [];
}

function showUse(nodes: readonly PveNode[]): string {
  return `CPU ${showPercent(cpuOf(nodes))}, RAM ${showPercent(memoryOf(nodes))}`;
}

/** A guest that is stopped may well be meant to be; of one whose node is away nothing is known. */
function describeGuests(guests: readonly PveGuest[], withNode: boolean): ReportLine[] {
  const list = (some: readonly PveGuest[]) =>
    some
      .slice(0, MAX_NAMES)
      .map((guest) => nameOf(guest, withNode))
      .join(', ') + (some.length > MAX_NAMES ? ` and ${some.length - MAX_NAMES} more` : '');
  const stopped = guests.filter(({ status }) => status === 'stopped');
  const strange = guests.filter(({ status }) => status !== 'stopped' && status !== 'running');
  return [
    ...(strange.length > 0 ? [{ level: 'warn' as const, text: `Not known whether they run: ${list(strange)}` }] : []),
    ...(stopped.length > 0 ? [{ text: `Stopped: ${list(stopped)}` }] : []),
  ];
}

function nameOf({ name, vmid, node }: PveGuest, withNode: boolean): string {
  return `${oneLine(name ?? String(vmid), 24)}${withNode ? ` (${node})` : ''}`;
}

function describeStorage(
  { storage, node, shared, status, disk, maxdisk }: PveStorage,
  withNode: boolean,
): ReportLine[] {
  const name = withNode && !shared ? `${storage} (${node})` : storage;
  if (status !== undefined && status !== 'available')
    return [{ level: 'warn', text: `Storage ${name} is ${status}`, about: `storage ${name}` }];
  if (disk === undefined || !maxdisk) return [];
  const level = fullness(disk / maxdisk);
  return level === 'ok'
    ? []
    : [
        {
          level,
          text: `Storage ${name}: ${showPercent(disk / maxdisk)} of ${showBytes(maxdisk)}`,
          about: `storage ${name}`,
        },
      ];
}
