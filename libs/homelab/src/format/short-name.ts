import { oneLine } from './one-line.ts';

/** A name that others gave, as long as a line on a phone has room for. */
export function shortName(name: string, max = 20): string {
  return oneLine(name, max);
}
