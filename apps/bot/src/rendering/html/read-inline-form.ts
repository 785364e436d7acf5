import type { StateInline } from 'markdown-it';
import { readTag } from './tag.ts';

/** A comment within a paragraph is looked for this far, in UTF-16 units. */
const LONGEST_COMMENT = 4_000;
const KEYS = /<kbd>([^<\n]{1,200})<\/kbd>/iy;

/** Reads the form that begins here, adds its token unless it is only looked for, and gives back where it ends. */
type Form = (state: StateInline, silent: boolean) => number | undefined;

const FORMS: readonly Form[] = [readComment, readBreak, readKeys, readImage];

/** Comments, `<br>`, `<kbd>` and `<img>` within a line: nothing, a line break, code, an image. */
export function readInlineForm(state: StateInline, silent: boolean): boolean {
  if (state.src.charAt(state.pos) !== '<') return false;
  for (const read of FORMS) {
    const end = read(state, silent);
    if (end === undefined || end > state.posMax) continue;
    state.pos = end;
    return true;
  }
  return false;
}

function readComment(state: StateInline, silent: boolean): number | undefined {
  if (!state.src.startsWith('<!--', state.pos)) return undefined;
  const text = state.src.slice(state.pos, state.pos + LONGEST_COMMENT);
  const closer = text.indexOf('-->', 4);
  if (closer < 0 || text.lastIndexOf('<!--', closer) > 0) return undefined;
  const end = state.pos + closer + 3;
  // One blank is enough of the two around it.
  return !silent && /(?:^| )$/.test(state.pending) ? skipBlanks(state, end) : end;
}

function readBreak(state: StateInline, silent: boolean): number | undefined {
  const tag = readTag(state.md, state.src, state.pos, 'br');
  if (!tag || silent) return tag?.end;
  state.pending = state.pending.replace(/ +$/, '');
  state.push('hardbreak', 'br', 0);
  return skipBlanks(state, tag.end);
}

function readKeys(state: StateInline, silent: boolean): number | undefined {
  KEYS.lastIndex = state.pos;
  const [whole, keys = ''] = KEYS.exec(state.src) ?? [];
  if (whole === undefined || keys.trim() === '') return undefined;
  if (!silent) state.push('code_inline', 'code', 0).content = state.md.utils.unescapeAll(keys.trim());
  return state.pos + whole.length;
}

function readImage(state: StateInline, silent: boolean): number | undefined {
  const tag = readTag(state.md, state.src, state.pos, 'img');
  const address = tag?.attributes.get('src')?.trim() ?? '';
  if (!tag || address === '') return undefined;
  if (!silent) {
    const token = state.push('image', 'img', 0);
    token.attrs = [['src', address]];
    token.content = (tag.attributes.get('alt') ?? '').replace(/\s+/g, ' ').trim();
    token.children = [];
  }
  return tag.end;
}

function skipBlanks({ src }: StateInline, from: number): number {
  let at = from;
  while (src.charAt(at) === ' ') at += 1;
  return at;
}
