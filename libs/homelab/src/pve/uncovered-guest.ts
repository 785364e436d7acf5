import { z } from 'zod';
import { words } from '../proxmox/read-data.ts';

/** An entry of `/cluster/backup-info/not-backed-up`. */
export const uncoveredGuest = z.object({ vmid: z.number(), name: words });

export type UncoveredGuest = z.infer<typeof uncoveredGuest>;
