import { HomelabError } from '../contract/homelab-error.ts';
import type { Http } from '../contract/http.ts';
import { readList } from '../proxmox/read-data.ts';
import type { PveConfig } from './config.ts';
import { type PveResource, pveResource } from './resource.ts';
import { type UncoveredGuest, uncoveredGuest } from './uncovered-guest.ts';

/** What the token must be given. */
export const RIGHT = 'the role PVEAuditor on /, for the token itself if its privileges are separated';

/** What is asked of Proxmox VE. */
export interface Pve {
  /** Nodes, guests, storages. Throws the error `rights` if the token is shown nothing of them. */
  resources(): Promise<PveResource[]>;
  /** The guests that no backup job covers. */
  uncovered(): Promise<UncoveredGuest[]>;
}

/** Each question is one request. Throws `HomelabError`. */
export function createPve(http: Http, config: PveConfig): Pve {
  const headers = { authorization: `PVEAPIToken=${config.PVE_TOKEN_ID}=${config.PVE_TOKEN_SECRET}` };
  const ask = (path: string) =>
    http.json(`${config.PVE_URL.replace(/\/+$/, '')}/api2/json${path}`, { headers, right: RIGHT });
  return {
    async resources() {
      const path = '/cluster/resources';
      const resources = readList(`PVE_URL: ${path}`, pveResource, await ask(path));
      if (resources.some(showsSomething)) return resources;
      throw new HomelabError(
        'rights',
        `PVE_URL answers, but the token of PVE_TOKEN_ID sees nothing. It needs ${RIGHT}.`,
      );
    },
    async uncovered() {
      const path = '/cluster/backup-info/not-backed-up';
      return readList(`PVE_URL: ${path}`, uncoveredGuest, await ask(path));
    },
  };
}

/** A token without rights is still told the names of the nodes. */
function showsSomething(resource: PveResource): boolean {
  return resource.type !== 'other' && (resource.type !== 'node' || resource.maxcpu !== undefined);
}
