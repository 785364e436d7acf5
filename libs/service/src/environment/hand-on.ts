import { namesOf, ownNames } from '../variables/names.ts';
import type { ProcessName } from '../variables/variable.ts';
import { findLookAlikes } from './look-alikes.ts';
import type { RawEnvironment } from './process-environment.ts';

/**
 * The environment of one process that another starts: `env` without any setting of ours, and then its own settings. A secret goes to the
 * process that needs it and to no other. `workerOnly`: more variables that are ours, for the worker. What only looks like one of ours is left out.
 */
export function handOn(
  process: ProcessName,
  env: RawEnvironment,
  workerOnly: readonly string[] = [],
): Record<string, string> {
  const ours = [...ownNames, ...workerOnly];
  const held = new Set([...ours, ...findLookAlikes(env, ours).map(({ name }) => name)]);
  const own = new Set<string>([...namesOf(process), ...(process === 'worker' ? workerOnly : [])]);
  const kept = Object.entries(env).filter(([name, value]) => value !== undefined && (!held.has(name) || own.has(name)));
  return Object.fromEntries(kept) as Record<string, string>;
}
