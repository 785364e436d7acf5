import { z } from 'zod';
import { file, tokenId, tokenSecret } from '../proxmox/schemas.ts';
import { describeVariables } from '../proxmox/variables.ts';
import { serviceUrl } from '../service-url.ts';
import { fingerprint } from '../tls-variables.ts';

const described = describeVariables('Proxmox VE', 8006);

export const pveVariables = {
  PVE_URL: described.url,
  PVE_TOKEN_ID: described.tokenId,
  PVE_TOKEN_SECRET: described.tokenSecret,
  PVE_FINGERPRINT: described.fingerprint,
  PVE_CA_FILE: described.caFile,
};

export const pveConfig = z.object({
  PVE_URL: serviceUrl,
  PVE_TOKEN_ID: tokenId,
  PVE_TOKEN_SECRET: tokenSecret,
  PVE_FINGERPRINT: fingerprint.optional(),
  PVE_CA_FILE: file.optional(),
});

export type PveConfig = z.infer<typeof pveConfig>;
