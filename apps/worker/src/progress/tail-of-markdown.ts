/** What stands in the place of what is left out. */
const GAP = '…';
/** A part of the tail, at its beginning, in which a better place to cut is looked for. */
const LOOK_AHEAD = 1 / 3;
/** A line that begins or ends a code block, in a list or a quote too: its marks and what follows them. */
const FENCE = /^(?:[\t >]|[-*+] |\d{1,9}[.)] )*((`{3,}|~{3,})([^\n]{0,60}).*)$/gm;

/**
 * The end of a text that grows, of at most `most` UTF-16 units: all of it if it is no longer, else from a paragraph, line or word on, with
 * "…" before it. A code block that the cut goes through is opened again.
 */
export function tailOfMarkdown(markdown: string, most: number): string {
  if (markdown.length <= most) return markdown;
  const fence = (at: number) => openFenceAt(markdown, at);
  const room = most - GAP.length - 2;
  const first = chooseStart(markdown, markdown.length - room);
  const opened = fence(first);
  if (opened === undefined) return `${GAP}\n\n${markdown.slice(first)}`;
  const start = chooseStart(markdown, markdown.length - room + opened.length + 1);
  // Behind the end of the block there is nothing to open.
  const reopened = fence(start) === undefined ? '' : `${opened}\n`;
  return `${GAP}\n\n${reopened}${markdown.slice(start)}`;
}

function chooseStart(markdown: string, least: number): number {
  const most = least + Math.floor((markdown.length - least) * LOOK_AHEAD);
  for (const separator of ['\n\n', '\n', ' ']) {
    const at = markdown.indexOf(separator, least);
    if (at >= 0 && at + separator.length <= most) return at + separator.length;
  }
  // Half a surrogate pair is no character.
  return /[\udc00-\udfff]/.test(markdown.charAt(least)) ? least + 1 : least;
}

/** The line that opens the code block which the place is in; `undefined` if it is in none. */
function openFenceAt(markdown: string, at: number): string | undefined {
  let open: { line: string; marks: string } | undefined;
  for (const [, line = '', marks = '', info = ''] of markdown.slice(0, at).matchAll(FENCE)) {
    const isClosing = open?.marks.charAt(0) === marks.charAt(0) && marks.length >= open.marks.length;
    if (!open && !(marks.startsWith('`') && info.includes('`'))) open = { line, marks };
    else if (isClosing && info.trim() === '') open = undefined;
  }
  return open?.line;
}
