/** True if a cut at this index would halve a character of two UTF-16 units: servers and models refuse such a half. */
export function splitsPair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

/** The beginning of a text: at most `most` UTF-16 units, and whole characters. */
export function cutText(text: string, most: number): string {
  return text.slice(0, splitsPair(text, most) ? most - 1 : most);
}

/** All of a text in pieces of `size` UTF-16 units, one more where a character would be halved. */
export function piecesOf(text: string, size: number): string[] {
  const pieces: string[] = [];
  for (let at = 0, end = 0; at < text.length; at = end) {
    end = splitsPair(text, at + size) ? at + size + 1 : at + size;
    pieces.push(text.slice(at, end));
  }
  return pieces;
}
