import type { MarkdownIt } from 'markdown-it';

/** A longer tag is not read, in UTF-16 units. */
const LONGEST = 4_000;
const ATTRIBUTE = /\s+([a-z_:][\w:.-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/giy;
const END = /\s*\/?>/y;

/** An opening tag. */
interface Tag {
  /** By their names in small letters; empty for one without a value. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Where the text behind it begins. */
  readonly end: number;
}

/** The opening tag of this name (in small letters) at `at`; `undefined` if there is none, or if it is not whole. */
export function readTag(md: MarkdownIt, text: string, at: number, name: string): Tag | undefined {
  const source = text.slice(at, at + LONGEST);
  if (!source.startsWith('<') || source.slice(1, name.length + 1).toLowerCase() !== name) return undefined;
  const attributes = new Map<string, string>();
  let position = name.length + 1;
  for (let found = matchAt(ATTRIBUTE, source, position); found; found = matchAt(ATTRIBUTE, source, position)) {
    const [whole, key = '', double, single, bare] = found;
    attributes.set(key.toLowerCase(), md.utils.unescapeAll(double ?? single ?? bare ?? ''));
    position += whole.length;
  }
  const end = matchAt(END, source, position);
  return end ? { attributes, end: at + position + end[0].length } : undefined;
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}

/** Tags that only say how a title or a cell looks. */
const LOOKS = /<\/?(?:b|strong|i|em|u|p|span|h[1-6])(?:\s[^<>]*)?>/gi;

/**
 * The content of a title or a cell as one line: without the tags that only say how it looks, which it has anyway or cannot have; `<code>` as
 * the `<kbd>` that is shown the same.
 */
export function contentOf(html: string): string {
  return html
    .replace(LOOKS, '')
    .replace(/<(\/?)code>/gi, '<$1kbd>')
    .replace(/\s+/g, ' ')
    .trim();
}
