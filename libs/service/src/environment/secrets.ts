import { variableNames } from '../variables/names.ts';
import { variables } from '../variables/table.ts';
import type { RawEnvironment } from './process-environment.ts';

/** The values of all secrets that are set, for the redactor. Of an address only the password is secret. */
export function secretsOf(env: RawEnvironment): string[] {
  const values = variableNames.filter((name) => variables[name].secret).flatMap((name) => env[name] || []);
  return values.flatMap((value) => (value.includes('//') && URL.canParse(value) ? passwordIn(value) : value));
}

function passwordIn(address: string): string[] {
  const { password } = new URL(address);
  return password === '' ? [] : [password, decodeURIComponent(password)];
}
