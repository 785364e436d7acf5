import type { Http } from '../contract/http.ts';
import type { IntegrationVariable } from '../contract/integration.ts';
import { createHttp } from './create-http.ts';
import { servicesOf } from './services-of.ts';

/** The `Http` of an integration, from its variables and their values; `signal` ends all that it asks. */
export function httpForVariables(
  variables: Readonly<Record<string, IntegrationVariable>>,
  values: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Http {
  const secrets = Object.entries(variables).flatMap(([name, { secret }]) => (secret && values[name]) || []);
  return createHttp({ services: servicesOf(variables, values), secrets, signal });
}
