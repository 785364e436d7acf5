import type { Integration } from './integration.ts';

/** The integrations that Signalbox brings along, in the order of `/help`, `/status` and the docs. */
export const integrations: readonly Integration[] = [];
