import { z } from 'zod';
import { amount, flag, words } from '../proxmox/read-data.ts';

const node = z.object({
  type: z.literal('node'),
  node: z.string(),
  /** `online`, `offline` or `unknown`; if not online the numbers are absent. */
  status: words,
  /** A share of 1 of all its CPUs. */
  cpu: amount,
  maxcpu: amount,
  /** Bytes. */
  mem: amount,
  maxmem: amount,
  /** Seconds. */
  uptime: amount,
});

const guest = z.object({
  type: z.enum(['qemu', 'lxc']),
  vmid: z.number(),
  name: words,
  node: z.string(),
  /** `running`, `stopped`; `unknown` if its node is offline. */
  status: words,
  template: flag,
});

const storage = z.object({
  type: z.literal('storage'),
  storage: z.string(),
  node: z.string(),
  /** `available`, or `unknown`. */
  status: words,
  shared: flag,
  /** Bytes. */
  disk: amount,
  maxdisk: amount,
});

/** Pools, networks and what later versions add. */
const other = z.object({ type: z.string() }).transform(() => ({ type: 'other' as const }));

/** An entry of `/cluster/resources`. */
export const pveResource = z.union([node, guest, storage, other]);

export type PveNode = z.infer<typeof node>;
export type PveGuest = z.infer<typeof guest>;
export type PveStorage = z.infer<typeof storage>;
export type PveResource = z.infer<typeof pveResource>;
