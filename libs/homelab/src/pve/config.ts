import { z } from 'zod';
import { file, tokenId, tokenSecret } from '../proxmox/schemas.ts';
import { describeVariables } from '../proxmox/variables.ts';
import { serviceUrl } from '../toolkit/service-url.ts';
import { fingerprint } from '../toolkit/tls-variables.ts';

const described = describeVariables('Proxmox VE', 8006);

/** Shared with `/backups`, which takes them all as optional. */
export const pveVariables = {
  PVE_URL: described.url,
  PVE_TOKEN_ID: described.tokenId,
  PVE_TOKEN_SECRET: described.tokenSecret,
  PVE_FINGERPRINT: described.fingerprint,
  PVE_CA_FILE: described.caFile,
};

/** Reads them; problems name the variable. */
export const pveConfig = z.object({
  PVE_URL: serviceUrl,
  PVE_TOKEN_ID: tokenId,
  PVE_TOKEN_SECRET: tokenSecret,
  PVE_FINGERPRINT: fingerprint.optional(),
  PVE_CA_FILE: file.optional(),
});

export type PveConfig = z.infer<typeof pveConfig>;
