import { namesOf, variableNames } from '../variables/names.ts';
import {
  type NameOf,
  type RequiredName,
  type VariableName,
  type VariableValue,
  variables,
} from '../variables/table.ts';
import type { ProcessName } from '../variables/variable.ts';
import { combinations } from './combinations.ts';
import { ConfigurationError } from './configuration-error.ts';
import type { RawEnvironment } from './process-environment.ts';

export type Configuration<Name extends VariableName, Required extends VariableName = never> = {
  readonly [N in Name]: N extends Required ? NonNullable<VariableValue<N>> : VariableValue<N>;
};

/** The settings of a process: each variable that it needs. */
export type Settings<Process extends ProcessName> = Configuration<NameOf<Process>, RequiredName>;

/** The settings of every process at once; none is required. */
export type AllSettings = Configuration<VariableName>;

/**
 * Reads what a process needs. An empty variable counts as unset. Throws `ConfigurationError` with all problems at once, also with those of
 * several variables together.
 */
export function readSettingsOf<Process extends ProcessName>(process: Process, env: RawEnvironment): Settings<Process> {
  const names = namesOf(process);
  const required = names.filter((name) => variables[name].isRequired);
  return readVariables(env, names, required) as Settings<Process>;
}

/** Reads all variables, for whoever starts all processes. Throws as `readSettingsOf` does. */
export function readAllSettings(env: RawEnvironment): AllSettings {
  return readVariables(env, variableNames);
}

/** Reads the named variables; undefined if one of them is wrong, which is somebody else's to say. */
export function readIfRight<const Name extends VariableName>(
  env: RawEnvironment,
  names: readonly Name[],
): Configuration<Name> | undefined {
  try {
    return readVariables(env, names);
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}

/** Reads the named variables, of which the `required` ones must be set. Throws as `readSettingsOf` does. */
export function readVariables<const Name extends VariableName>(
  env: RawEnvironment,
  names: readonly Name[],
  required: readonly Name[] = [],
): Configuration<Name> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const name of names) {
    const raw = env[name] === '' ? undefined : env[name];
    if (raw === undefined && required.includes(name)) {
      problems.push(`${name} is not set. Expected ${variables[name].expected}.`);
      continue;
    }
    const result = variables[name].schema.safeParse(raw);
    if (result.success) values[name] = result.data;
    else problems.push(describeProblem(name, raw));
  }
  problems.push(...problemsTogether(values));
  if (problems.length > 0) throw new ConfigurationError(problems);
  return values as Configuration<Name>;
}

/** Only of what is right by itself: one mistake is told once. */
function problemsTogether(values: Readonly<Record<string, unknown>>): string[] {
  const readable = combinations.filter(({ names }) => names.every((name) => name in values));
  return readable.flatMap(({ problem }) => problem(values) ?? []);
}

function describeProblem(name: VariableName, raw: string | undefined): string {
  const { secret, expected } = variables[name];
  const got = secret ? 'something else (not shown: it is a secret)' : JSON.stringify(raw);
  return `${name}: expected ${expected}, got ${got}.`;
}
