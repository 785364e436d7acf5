import { OWN_COMMANDS } from '@signalbox/contracts';
import { type Integrations, readIntegrations } from '@signalbox/homelab';
import type { RawEnvironment } from '@signalbox/service';
import { ALL_VARIABLES } from './plan-start.ts';

/** The homelab's integrations as the settings have them, plugins included. `root`: the worker's working directory. */
export function readHouse(settings: RawEnvironment, root: string): Promise<Integrations> {
  return readIntegrations(settings, { dir: root, taken: { commands: OWN_COMMANDS, variables: ALL_VARIABLES } });
}

/** The names of all their variables: they are for the worker alone. */
export function houseVariables({ configured }: Integrations): string[] {
  return configured.flatMap(({ integration }) => Object.keys(integration.variables));
}
