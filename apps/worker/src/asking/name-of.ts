import { createHash } from 'node:crypto';
import type { PermissionRequest } from '@signalbox/claude';

/**
 * Names what a request is for. After a crash the CLI asks the model again, and the same call then has other ids (measured on 2.1.329):
 * the tool and its input are what may stay the same. What a model says of a command it words anew each time.
 */
export function nameOf({ toolName, input }: Pick<PermissionRequest, 'toolName' | 'input'>): string {
  const { description: _said, ...act } = input;
  return createHash('sha256')
    .update(JSON.stringify([toolName, sorted(toolName === 'Bash' ? act : input)]))
    .digest('hex')
    .slice(0, 16);
}

/** Whether a request to a person is about this use of a tool. */
export function isAskedAs(use: Pick<PermissionRequest, 'toolName' | 'input'>, requestId: string): boolean {
  return requestId.includes(`-ask-${nameOf(use)}-`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => [key, sorted(each)]);
}
