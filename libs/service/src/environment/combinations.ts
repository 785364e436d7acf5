import type { VariableName, VariableValue } from '../variables/table.ts';
import { isLoopback } from './loopback.ts';

/** What variables must be together, each of them being right by itself. Checked wherever all of `names` are read. */
export interface Combination {
  readonly names: readonly VariableName[];
  /** What is wrong, in a sentence without a secret. */
  problem(values: Readonly<Record<string, unknown>>): string | undefined;
}

function combination<const Name extends VariableName>(
  names: readonly Name[],
  problem: (values: { readonly [N in Name]: VariableValue<N> }) => string | undefined,
): Combination {
  return { names, problem: (values) => problem(values as { readonly [N in Name]: VariableValue<N> }) };
}

/** All of them. What depends on the house's services as well is in `libs/homelab`. */
export const combinations: readonly Combination[] = [
  combination(['DASHBOARD_HOST', 'DASHBOARD_PASSWORD'], ({ DASHBOARD_HOST: host, DASHBOARD_PASSWORD: password }) =>
    password === undefined && !isLoopback(host)
      ? `DASHBOARD_PASSWORD is not set. The dashboard listens on ${host}, where others can reach it: set a password, or leave DASHBOARD_HOST at 127.0.0.1.`
      : undefined,
  ),
  combination(['DASHBOARD_PORT', 'SIMULATOR_PORT'], ({ DASHBOARD_PORT: dashboard, SIMULATOR_PORT: simulator }) =>
    dashboard !== 0 && dashboard === simulator
      ? `SIMULATOR_PORT: expected another port than the dashboard's, got ${simulator} for both. Change it or DASHBOARD_PORT.`
      : undefined,
  ),
];
