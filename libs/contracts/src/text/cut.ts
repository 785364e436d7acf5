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
