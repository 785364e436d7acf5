/** The beginning of a text, in UTF-16 units: never half of a surrogate pair, which Telegram and Claude's API refuse. */
export function cutText(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

/** A text of at most `most` UTF-16 units, with “…” where it was cut. */
export function shorten(text: string, most: number): string {
  return text.length > most ? `${cutText(text, most - 1)}…` : text;
}
