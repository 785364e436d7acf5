import type { Redact } from '@signalbox/service';
import { cutText } from './cut-text.ts';

/** The longest string of a tool's input that the live view is sent, in UTF-16 units. */
const LONGEST = 200;

/** What a tool was given, cut for showing: strings shortened, anything nested left out. */
export function briefInput(
  input: Record<string, unknown>,
  redactBeginning: Redact,
): Record<string, string | number | boolean> {
  const brief: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(input).slice(0, 12)) {
    if (typeof value === 'string') brief[key] = cutText(value, LONGEST, redactBeginning);
    else if (typeof value === 'number' || typeof value === 'boolean') brief[key] = value;
  }
  return brief;
}
