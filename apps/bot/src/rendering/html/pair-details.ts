const TAG = /<details(?:\s[^<>]*)?>|<\/details\s*>/gi;
/** The marks of quotes and lists before the text of a line. */
const MARKS = /^(?:[\s>]|[-*+]\s|\d{1,9}[.)]\s)*/;
/** A line that begins or ends a block of code. */
const FENCE = /^(`{3,}|~{3,})(.*)$/;
/** Longer lines are not searched for code, in UTF-16 units. */
const LONGEST = 2_000;

/** Where the closing tag of a `<details>` stands. */
interface Closer {
  readonly from: number;
  /** Where the text behind it begins. */
  readonly to: number;
}

/** Each `<details>` that begins a line, by its place, with the closing tag that belongs to it. What stands in code is none. */
export function pairDetails(source: string): ReadonlyMap<number, Closer> {
  const pairs = new Map<number, Closer>();
  const open: number[] = [];
  let fence: string | undefined;
  let offset = 0;
  for (const line of source.split('\n')) {
    const text = line.replace(MARKS, '');
    const margin = line.length - text.length;
    const next = fenceAfter(text, fence);
    if (next === undefined && fence === undefined)
      for (const { 0: tag, index } of withoutCode(text).matchAll(TAG)) {
        const at = offset + margin + index;
        if (!tag.startsWith('</')) {
          if (index === 0) open.push(at);
          continue;
        }
        const opener = open.pop();
        if (opener !== undefined) pairs.set(opener, { from: at, to: at + tag.length });
      }
    fence = next;
    offset += line.length + 1;
  }
  return pairs;
}

/** The marks that opened the block of code which the next line is in; `undefined` if that is in none. */
function fenceAfter(text: string, fence: string | undefined): string | undefined {
  const [, marks = '', info = ''] = FENCE.exec(text) ?? [];
  if (fence === undefined) return marks === '' || (marks.startsWith('`') && info.includes('`')) ? undefined : marks;
  return marks.startsWith(fence) && info.trim() === '' ? undefined : fence;
}

/** The line with blanks in the place of code. */
function withoutCode(text: string): string {
  if (!text.includes('<') || text.length > LONGEST) return text;
  return text.replace(/(`+).*?\1/g, (code) => ' '.repeat(code.length));
}
