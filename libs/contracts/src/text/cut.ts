/** Half of a character at the end. Telegram and Claude's API refuse it, and in a session's history it would stay. */
const HALF = /[\ud800-\udbff]$/;
/** The same at the beginning. */
const OTHER_HALF = /^[\udc00-\udfff]/;

/** The beginning of a text, of at most `most` UTF-16 units, never with half of a character at its end. */
export function beginningOf(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, Math.max(0, most)).replace(HALF, '');
}

/** The end of a text, of at most `most` UTF-16 units, never with half of a character at its beginning. */
export function endOf(text: string, most: number): string {
  return text.length <= most ? text : text.slice(text.length - Math.max(0, most)).replace(OTHER_HALF, '');
}

/** The beginning of a text with "…" as the last of its units if that is not all. What must hold no secret is redacted before it is cut. */
export function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${beginningOf(text, most - 1)}…`;
}

/** What stands for the middle of a text that was left out. */
export function leftOut(units: number): string {
  return `\n\n[… ${units.toLocaleString('en')} characters left out …]\n\n`;
}

/**
 * Where a text of more than `most` UTF-16 units is cut so that its beginning and its end are kept, the beginning being twice as long: the
 * units up to `to` and those after `from` make up no more. Never through the middle of a character. `undefined`: it is no longer than that.
 */
export function middleOf(text: string, most: number): { to: number; from: number } | undefined {
  if (text.length <= most) return undefined;
  const { length: to } = beginningOf(text, Math.ceil((most * 2) / 3));
  const end = endOf(text, Math.floor(most / 3));
  return { to, from: text.length - end.length };
}
