import { beginningOf } from '@signalbox/contracts';
import type { Redact } from '@signalbox/service';

/** What is looked at of a longer text, in UTF-16 units: a tool may be given a whole file. */
const LOOKED_AT = 4_000;

/**
 * The beginning of a text, of at most `most` UTF-16 units (4,000 at the most), with "…" at its end if that is not all. `redactBeginning`
 * comes before the cut, which could leave a part of a secret that nobody recognises.
 */
export function cutText(text: string, most: number, redactBeginning: Redact): string {
  if (text.length <= most) return text;
  const clean = redactBeginning(text.slice(0, LOOKED_AT));
  return `${beginningOf(clean, most - 1)}…`;
}
