import { z } from 'zod';
import type { ReportLine } from '../contract/report.ts';
import { showSpan } from '../format/show-age.ts';
import { showPercent } from '../format/show-amount.ts';
import { fullness } from '../proxmox/fullness.ts';

const room = z.object({ total: z.number(), used: z.number() });

/** `/nodes/localhost/status`. */
export const nodeStatus = z.object({
  /** A share of 1. */
  cpu: z.number(),
  /** Seconds. */
  uptime: z.number(),
  /** Bytes. */
  memory: room,
  root: room,
});

export type NodeStatus = z.infer<typeof nodeStatus>;

/** How the server itself is, if it said so. */
export function describeNodeStatus({ cpu, uptime, memory, root }: NodeStatus): ReportLine[] {
  const level = fullness(root.used / root.total);
  const use = `CPU ${showPercent(cpu)}, RAM ${showPercent(memory.used / memory.total)}`;
  return [
    ...(level === 'ok' ? [] : [{ level, text: `Root disk is ${showPercent(root.used / root.total)} full` }]),
    { text: `Server: ${use}, up ${showSpan(uptime * 1000)}` },
  ];
}
