import { type IntegrationCard, OWN_COMMANDS } from '@signalbox/contracts';
import {
  integrations as builtIn,
  type Configured,
  configure,
  loadPlugins,
  pluginNames,
  secretsOfIntegration,
} from '@signalbox/homelab';
import { ConfigurationError, type RawEnvironment, variables } from '@signalbox/service';

/** The homelab as this worker is configured for it. */
export interface House {
  /** All integrations that it knows, configured or not. None is invalid. */
  readonly integrations: readonly Known[];
  find(name: string): Known | undefined;
}

export type Known = Exclude<Configured, { state: 'invalid' }>;
export type Ready = Extract<Configured, { state: 'configured' }>;

/**
 * Loads the plugins and reads the configuration of all integrations. `hide` is told of their secrets first. Throws `ConfigurationError`
 * with all problems.
 */
export async function openHouse(
  env: RawEnvironment,
  { plugins, dir, hide }: { plugins: string | undefined; dir: string; hide(secrets: readonly string[]): void },
): Promise<House> {
  const taken = {
    commands: [...OWN_COMMANDS, ...builtIn.map(({ name }) => name)],
    variables: Object.keys(variables),
  };
  const loaded = await loadPlugins(pluginNames(plugins), dir, taken);
  const all = [...builtIn, ...loaded.integrations];
  hide(all.flatMap((integration) => secretsOfIntegration(integration, env)));
  const configured = all.map((integration) => configure(integration, env));
  const wrong = configured.flatMap((each) => (each.state === 'invalid' ? each.problems : []));
  const problems = [...loaded.problems, ...wrong];
  // Several integrations may share a variable.
  if (problems.length > 0) throw new ConfigurationError([...new Set(problems)]);
  const known = configured.filter((each) => each.state !== 'invalid');
  return {
    integrations: known,
    find: (name) => known.find(({ integration }) => integration.name === name),
  };
}

/** What the worker says of its integrations. */
export function integrationCards({ integrations }: Pick<House, 'integrations'>): IntegrationCard[] {
  return integrations.map(({ state, integration: { name, usage, description } }) => ({
    name,
    usage,
    description,
    configured: state === 'configured',
  }));
}

/** Those that can be asked. */
export function ready({ integrations }: Pick<House, 'integrations'>): Ready[] {
  return integrations.filter((each) => each.state === 'configured');
}
