import type { Integration } from '../contract/integration.ts';
import { backups } from './backups.ts';
import { createBeszel } from './beszel.ts';
import { host } from './host.ts';
import { kuma } from './kuma.ts';
import { pbs } from './pbs.ts';
import { createPing } from './ping.ts';
import { pve } from './pve.ts';

/** The integrations that Signalbox brings along, in the order of `/help`, `/status` and the docs. Some keep a login in memory. */
export function createIntegrations(): Integration[] {
  return [pve, pbs, backups, createBeszel(), kuma, createPing(), host];
}
