import type { z } from 'zod';
import { claudeVariables } from './claude.ts';
import { composeVariables } from './compose.ts';
import { dashboardVariables } from './dashboard.ts';
import { homelabVariables } from './homelab.ts';
import { machineVariables } from './machine.ts';
import { operationsVariables } from './operations.ts';
import { redisVariables } from './redis.ts';
import { sessionsVariables } from './sessions.ts';
import { telegramVariables } from './telegram.ts';
import { tryingOutVariables } from './trying-out.ts';
import type { ProcessName, Variable } from './variable.ts';

/** All variables that Signalbox knows, in the order of the docs. */
export const variables = {
  ...telegramVariables,
  ...redisVariables,
  ...sessionsVariables,
  ...claudeVariables,
  ...homelabVariables,
  ...dashboardVariables,
  ...operationsVariables,
  ...machineVariables,
  ...composeVariables,
  ...tryingOutVariables,
} satisfies Record<string, Variable>;

export type VariableName = keyof typeof variables;
/** What a variable holds after reading. */
export type VariableValue<Name extends VariableName> = z.output<(typeof variables)[Name]['schema']>;

/** The variables that a process needs. */
export type NameOf<Process extends ProcessName> = {
  [N in VariableName]: Process extends (typeof variables)[N]['neededBy'][number] ? N : never;
}[VariableName];

/** The variables without which none of its processes starts. */
export type RequiredName = {
  [N in VariableName]: (typeof variables)[N]['isRequired'] extends true ? N : never;
}[VariableName];
