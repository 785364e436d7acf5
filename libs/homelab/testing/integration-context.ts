import { httpForVariables } from '../src/http/http-for-variables.ts';
import type { Integration, IntegrationContext } from '../src/integration.ts';

export interface ContextOptions {
  readonly signal?: AbortSignal;
  /** In ms since the epoch. */
  readonly now?: () => number;
}

/** What an integration works with when its variables have these values: real HTTP, and nothing is logged. */
export function integrationContext<Config>(
  { config, variables }: Integration<Config>,
  values: Readonly<Record<string, string>>,
  { signal = new AbortController().signal, now = Date.now }: ContextOptions = {},
): IntegrationContext<Config> {
  const http = httpForVariables(variables, values, signal);
  return { config: config.parse(values), http, signal, now, log: { warn: () => {} } };
}
