import { createIntegrations } from '../integrations/registry.ts';
import { type Configured, configure, type Environment } from './configure.ts';
import { loadPlugins, pluginNames, type Taken } from './load-plugins.ts';
import { type WatchSettings, watchProblems } from './watch-settings.ts';

/** All integrations, as they are configured. */
export interface Integrations {
  readonly configured: readonly Configured[];
  /** A sentence for each plugin that cannot be used. */
  readonly problems: readonly string[];
}

/**
 * All that is wrong, a sentence for each. Several integrations may share a variable. `watch`: what is to be watched, unless that could not
 * be read.
 */
export function problemsOf({ configured, problems }: Integrations, watch: WatchSettings | undefined): string[] {
  const wrong = configured.flatMap((each) => (each.state === 'invalid' ? each.problems : []));
  return [...new Set([...problems, ...wrong, ...(watch ? watchProblems(watch, configured) : [])])];
}

/** The names of all their variables, each once. */
export function namesOf({ configured }: Pick<Integrations, 'configured'>): string[] {
  return [...new Set(configured.flatMap(({ integration }) => Object.keys(integration.variables)))];
}

/** Signalbox's own integrations and those of HOMELAB_PLUGINS, as the environment has them. `dir`: what paths of plugins are relative to. */
export async function readIntegrations(
  env: Environment,
  { dir, taken }: { dir: string; taken: Taken },
): Promise<Integrations> {
  const own = createIntegrations();
  const commands = [...taken.commands, ...own.map(({ name }) => name)];
  const plugins = await loadPlugins(pluginNames(env.HOMELAB_PLUGINS), dir, { ...taken, commands });
  const all = [...own, ...plugins.integrations];
  return { configured: all.map((integration) => configure(integration, env)), problems: plugins.problems };
}
