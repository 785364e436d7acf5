import type { Integration } from './integration.ts';
import { backups } from './integrations/backups.ts';
import { createBeszel } from './integrations/beszel.ts';
import { host } from './integrations/host.ts';
import { kuma } from './integrations/kuma.ts';
import { pbs } from './integrations/pbs.ts';
import { createPing } from './integrations/ping.ts';
import { pve } from './integrations/pve.ts';

/** The integrations that Signalbox brings along, in the order of `/help`, `/status` and the docs. Some keep a login in memory. */
export function createIntegrations(): Integration[] {
  return [pve, pbs, backups, createBeszel(), kuma, createPing(), host];
}
