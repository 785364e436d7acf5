import { type VariableName, type VariableValue, variables } from './variables.ts';

export type RawEnvironment = Readonly<Record<string, string | undefined>>;

export type Configuration<Name extends VariableName, Required extends Name = never> = {
  readonly [N in Name]: N extends Required ? NonNullable<VariableValue<N>> : VariableValue<N>;
};

/** A start that cannot work as configured. `problems` holds a line for each variable, with no secret in it. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration does not work:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** What several readings of the configuration come to. Rejects with one `ConfigurationError` that has the problems of all. */
export async function readTogether<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const readings = await Promise.allSettled([first, second]);
  const errors = readings.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  const other = errors.find((error) => !(error instanceof ConfigurationError));
  if (other !== undefined) throw other;
  if (errors.length > 0)
    throw new ConfigurationError((errors as ConfigurationError[]).flatMap((error) => error.problems));
  return Promise.all([first, second]);
}

/** The process's own environment. The only place that looks at it. */
export function processEnvironment(): RawEnvironment {
  // biome-ignore lint/style/noProcessEnv: the one place
  return process.env;
}

/**
 * Reads the named variables. An empty one counts as unset.
 * Throws `ConfigurationError` with all problems at once; `required` ones must be set.
 */
export function readVariables<const Name extends VariableName, const Required extends Name = never>(
  env: RawEnvironment,
  names: readonly Name[],
  required: readonly Required[] = [],
): Configuration<Name, Required> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const name of names) {
    const raw = env[name] === '' ? undefined : env[name];
    if (raw === undefined && (required as readonly string[]).includes(name)) {
      problems.push(`${name} is not set. Expected ${variables[name].expected}.`);
      continue;
    }
    const result = variables[name].schema.safeParse(raw);
    if (result.success) values[name] = result.data;
    else problems.push(describeProblem(name, raw));
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return values as Configuration<Name, Required>;
}

function describeProblem(name: VariableName, raw: string | undefined): string {
  const { secret, expected } = variables[name];
  const got = secret ? 'something else (not shown: it is a secret)' : JSON.stringify(raw);
  return `${name}: expected ${expected}, got ${got}.`;
}

/** The values of all secrets that are set, for the redactor. Of an address only the password is secret. */
export function secretsOf(env: RawEnvironment): string[] {
  const names = Object.keys(variables) as VariableName[];
  const values = names.filter((name) => variables[name].secret).flatMap((name) => env[name] || []);
  return values.flatMap((value) => (value.includes('//') && URL.canParse(value) ? passwordIn(value) : value));
}

function passwordIn(address: string): string[] {
  const { password } = new URL(address);
  return password === '' ? [] : [password, decodeURIComponent(password)];
}
