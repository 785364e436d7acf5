import { type IntegrationCard, OWN_COMMANDS } from '@signalbox/contracts';
import {
  type Configured,
  namesOf,
  problemsOf,
  readIntegrations,
  secretsOfIntegration,
  WATCH_VARIABLES,
} from '@signalbox/homelab';
import {
  ConfigurationError,
  describeLookAlike,
  findLookAlikes,
  type Log,
  ownNames,
  type RawEnvironment,
  readIfRight,
} from '@signalbox/service';

/** The homelab as this worker is configured for it. */
export interface House {
  /** All integrations that it knows, configured or not. None is invalid. */
  readonly integrations: readonly Known[];
  find(name: string): Known | undefined;
}

export type Known = Exclude<Configured, { state: 'invalid' }>;
export type Ready = Extract<Configured, { state: 'configured' }>;

/**
 * Loads the plugins and reads the configuration of all integrations. `hide` is told of their secrets first. Warns of names that look like
 * theirs and are none. Throws `ConfigurationError` with all problems, also with those of what is to be watched.
 */
export async function openHouse(
  env: RawEnvironment,
  { dir, hide, log }: { dir: string; hide(secrets: readonly string[]): void; log: Pick<Log, 'warn'> },
): Promise<House> {
  const taken = { commands: OWN_COMMANDS, variables: ownNames };
  const all = await readIntegrations(env, { dir, taken });
  hide(all.configured.flatMap(({ integration }) => secretsOfIntegration(integration, env)));
  for (const each of findLookAlikes(env, namesOf(all))) log.warn(describeLookAlike(each));
  const problems = problemsOf(all, readIfRight(env, WATCH_VARIABLES));
  if (problems.length > 0) throw new ConfigurationError(problems);
  const known = all.configured.filter((each) => each.state !== 'invalid');
  return { integrations: known, find: (name) => known.find(({ integration }) => integration.name === name) };
}

/** What the worker says of its integrations. */
export function integrationCards({ integrations }: Pick<House, 'integrations'>): IntegrationCard[] {
  return integrations.map(({ state, integration: { name, usage, example, description } }) => ({
    name,
    usage,
    ...(example === undefined ? {} : { example }),
    description,
    configured: state === 'configured',
  }));
}

/** Those that can be asked. */
export function ready({ integrations }: Pick<House, 'integrations'>): Ready[] {
  return integrations.filter((each) => each.state === 'configured');
}
