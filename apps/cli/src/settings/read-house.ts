import { OWN_COMMANDS } from '@signalbox/contracts';
import { type Integrations, readIntegrations } from '@signalbox/homelab';
import { ownNames, type RawEnvironment } from '@signalbox/service';

/** The homelab's integrations as the settings have them, plugins included. `root`: the worker's working directory. */
export function readHouse(settings: RawEnvironment, root: string): Promise<Integrations> {
  return readIntegrations(settings, { dir: root, taken: { commands: OWN_COMMANDS, variables: ownNames } });
}
