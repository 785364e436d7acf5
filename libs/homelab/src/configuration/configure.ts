import type { z } from 'zod';
import type { Integration, IntegrationSetup } from '../contract/integration.ts';

/** Variables by name, as the process or its caller has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the environment makes of an integration. `missing`: it is not configured, and `names` are the variables that it takes ·
 * `invalid`: something is wrong, or some of what it needs is set and some is not; `problems` holds a sentence for each, with no secret in it.
 */
export type Configured =
  | {
      readonly state: 'configured';
      readonly integration: Integration;
      readonly config: unknown;
      /** Its variables that are set, by name. */
      readonly values: Environment;
    }
  | { readonly state: 'missing'; readonly integration: Integration; readonly names: readonly string[] }
  | { readonly state: 'invalid'; readonly integration: Integration; readonly problems: readonly string[] };

/** Reads the variables of an integration. An empty one counts as unset. */
export function configure(integration: Integration, env: Environment): Configured {
  const given = variablesOf(integration, env);
  const names = missingNames(integration, given);
  const begun = Object.keys(given).find((name) => !integration.variables[name]?.optional);
  if (names.length > 0 && begun === undefined) return { state: 'missing', integration, names };
  const parsed = integration.config.safeParse(given);
  if (parsed.success && names.length === 0)
    return { state: 'configured', integration, config: parsed.data, values: given };
  const unset = names.map((name) => {
    const { expected } = integration.variables[name] ?? { expected: 'a value' };
    return `${name} is not set, but ${begun} is. Expected ${expected}.`;
  });
  const issues = (parsed.error?.issues ?? []).filter(({ path }) => !names.includes(String(path[0])));
  const problems = [...unset, ...issues.map((issue) => describe(integration, issue, given))];
  return { state: 'invalid', integration, problems: [...new Set(problems)] };
}

/** The values of its secret variables that are set, for the redactor. */
export function secretsOfIntegration({ variables }: Pick<IntegrationSetup, 'variables'>, env: Environment): string[] {
  return Object.entries(variables).flatMap(([name, { secret }]) => (secret && env[name] ? [env[name]] : []));
}

/** Says that an integration is not configured, and what to set. */
export function describeMissing(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return `Not configured. Set ${names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last}.`;
}

function variablesOf({ variables }: IntegrationSetup, env: Environment): Record<string, string> {
  const set = Object.keys(variables).flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  return Object.fromEntries(set);
}

/** Those that must be set and are not. One that could do without any of its variables is still asked for only if one of them is set. */
function missingNames({ variables, needsNothing = false }: IntegrationSetup, given: Record<string, string>): string[] {
  const names = Object.keys(variables);
  if (Object.keys(given).length === 0 && needsNothing) return [];
  const needed = names.filter((name) => !variables[name]?.optional);
  if (Object.keys(given).length === 0 && needed.length === 0) return names;
  return needed.filter((name) => given[name] === undefined);
}

function describe({ name: command, variables }: Integration, issue: z.core.$ZodIssue, given: Environment): string {
  const name = String(issue.path[0] ?? '');
  const variable = variables[name];
  const inOwnWords = issue.message.replace(/\.$/, '');
  // What is wrong with several together is in the schema's own words.
  if (!variable) return `/${command}: ${inOwnWords}.`;
  if (given[name] === undefined) return `${name} is not set: ${inOwnWords}.`;
  if (variable.secret) return `${name}: expected ${variable.expected}, got something else (not shown: it is a secret).`;
  if (issue.code === 'custom') return `${name}: ${inOwnWords}. Expected ${variable.expected}.`;
  return `${name}: expected ${variable.expected}, got ${JSON.stringify(given[name])}.`;
}
