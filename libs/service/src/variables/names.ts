import { type NameOf, type VariableName, variables } from './table.ts';
import type { ProcessName } from './variable.ts';

/** The names of all variables, in the order of the docs. */
export const variableNames = Object.keys(variables) as VariableName[];

/** The names that are Signalbox's own: nobody else gets to see them or may give them another meaning. */
export const ownNames = variableNames.filter((name) => variables[name].topic !== 'The machine');

/** The names that a process needs, in the order of the docs. */
export function namesOf<Process extends ProcessName>(process: Process): NameOf<Process>[] {
  const neededBy = (name: VariableName): readonly ProcessName[] => variables[name].neededBy;
  return variableNames.filter((name): name is NameOf<Process> => neededBy(name).includes(process));
}
