import type { Redact } from '@signalbox/service';

/** The longest string of a tool's input that the live view is sent, in UTF-16 units. */
const LONGEST = 200;
/** What is looked at of a string, in UTF-16 units: a tool may be given a whole file. */
const LOOKED_AT = 2_000;

/**
 * What a tool was given, cut for showing: strings shortened, anything nested left out. `redactBeginning` comes before the cut, which
 * could leave a part of a secret that nobody recognises.
 */
export function briefInput(
  input: Record<string, unknown>,
  redactBeginning: Redact,
): Record<string, string | number | boolean> {
  const shorten = (text: string) =>
    text.length <= LONGEST ? text : redactBeginning(text.slice(0, LOOKED_AT)).slice(0, LONGEST);
  const brief: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(input).slice(0, 12)) {
    if (typeof value === 'string') brief[key] = shorten(value);
    else if (typeof value === 'number' || typeof value === 'boolean') brief[key] = value;
  }
  return brief;
}
