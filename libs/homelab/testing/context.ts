import type { Integration, IntegrationContext } from '../src/contract/integration.ts';
import { httpForVariables } from '../src/http/http-for-variables.ts';

export interface ContextOptions {
  /** What the clock shows, in ms since the epoch; now if it is left out. */
  readonly now?: number | (() => number);
  readonly signal?: AbortSignal;
}

/** What an integration is run with, from the values of its variables. */
export function contextFor<Config>(
  { config, variables }: Integration<Config>,
  values: Readonly<Record<string, string>>,
  { now = Date.now(), signal = new AbortController().signal }: ContextOptions = {},
): IntegrationContext<Config> {
  return {
    config: config.parse(values),
    http: httpForVariables(variables, values, signal),
    signal,
    now: typeof now === 'number' ? () => now : now,
    log: { warn: () => undefined },
  };
}
