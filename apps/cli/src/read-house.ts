import { OWN_COMMANDS } from '@signalbox/contracts';
import { type Integrations, problemsOf, readIntegrations } from '@signalbox/homelab';
import { ConfigurationError, type RawEnvironment } from '@signalbox/service';
import { ALL_VARIABLES } from './plan-start.ts';

/** The homelab's integrations as the settings have them, plugins included. `root`: the worker's working directory. */
export function readHouse(settings: RawEnvironment, root: string): Promise<Integrations> {
  return readIntegrations(settings, { dir: root, taken: { commands: OWN_COMMANDS, variables: ALL_VARIABLES } });
}

/** The same. Throws `ConfigurationError` if anything of it is wrong. */
export async function requireHouse(settings: RawEnvironment, root: string): Promise<Integrations> {
  const house = await readHouse(settings, root);
  const problems = problemsOf(house);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return house;
}

/** The names of all their variables: they are for the worker alone. */
export function houseVariables({ configured }: Integrations): string[] {
  return configured.flatMap(({ integration }) => Object.keys(integration.variables));
}
