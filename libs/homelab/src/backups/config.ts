import { z } from 'zod';
import type { IntegrationVariable } from '../contract/integration.ts';
import { pbsConfig, pbsVariables } from '../pbs/config.ts';
import { pveConfig, pveVariables } from '../pve/config.ts';

/** Proxmox VE can be left out: it only adds the guests that no backup job covers. */
const pveIfAny: Record<string, IntegrationVariable> = Object.fromEntries(
  Object.entries(pveVariables).map(([name, variable]) => [name, { ...variable, optional: true }]),
);

/** Those of both servers, and from when on a backup is too old. */
export const backupsVariables: Record<string, IntegrationVariable> = {
  ...pbsVariables,
  ...pveIfAny,
  BACKUP_MAX_AGE_HOURS: {
    expected: 'a whole number of hours, such as 36',
    meaning: 'A guest whose last backup is older is overdue (36).',
    optional: true,
  },
};

/** Reads them; Proxmox VE may be left out, wholly or in part. */
export const backupsConfig = z.object({
  ...pbsConfig.shape,
  ...pveConfig.partial().shape,
  BACKUP_MAX_AGE_HOURS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/)
    .default('36')
    .transform(Number),
});

/** What `/backups` works with. */
export type BackupsConfig = z.infer<typeof backupsConfig>;
