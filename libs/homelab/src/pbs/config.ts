import { z } from 'zod';
import { file, tokenId, tokenSecret } from '../proxmox/schemas.ts';
import { describeVariables } from '../proxmox/variables.ts';
import { serviceUrl } from '../toolkit/service-url.ts';
import { fingerprint } from '../toolkit/tls-variables.ts';

const described = describeVariables('Proxmox Backup Server', 8007);

/** Shared with `/backups`, which asks the same server. */
export const pbsVariables = {
  PBS_URL: described.url,
  PBS_TOKEN_ID: described.tokenId,
  PBS_TOKEN_SECRET: described.tokenSecret,
  PBS_FINGERPRINT: described.fingerprint,
  PBS_CA_FILE: described.caFile,
};

/** Reads them; problems name the variable. */
export const pbsConfig = z.object({
  PBS_URL: serviceUrl,
  PBS_TOKEN_ID: tokenId,
  PBS_TOKEN_SECRET: tokenSecret,
  PBS_FINGERPRINT: fingerprint.optional(),
  PBS_CA_FILE: file.optional(),
});

export type PbsConfig = z.infer<typeof pbsConfig>;
