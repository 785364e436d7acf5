import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';

/** LaTeX is looked for this far only, so that text full of openers stays quick to read. In lines, and in UTF-16 units. */
const MAX_LINES = 60;
const MAX_LENGTH = 1_000;

/** Keeps LaTeX as it was written: Markdown would eat its backslashes and take its `_` and `*` for emphasis. */
export function addMathRules(md: MarkdownIt): void {
  md.inline.ruler.before('escape', 'math_inline', readInlineMath);
  md.block.ruler.before('fence', 'math_block', readMathBlock, { alt: ['paragraph', 'blockquote', 'list'] });
}

const INLINE = [
  { opener: '\\(', closer: '\\)' },
  { opener: '\\[', closer: '\\]' },
  { opener: '$$', closer: '$$' },
  { opener: '$', closer: '$' },
];

function readInlineMath(state: StateInline, silent: boolean): boolean {
  const pair = INLINE.find(({ opener }) => state.src.startsWith(opener, state.pos));
  if (!pair) return false;
  const rest = state.src.slice(state.pos, Math.min(state.pos + MAX_LENGTH, state.posMax));
  const closeAt = rest.indexOf(pair.closer, pair.opener.length);
  if (closeAt < 0) return false;
  const inner = rest.slice(pair.opener.length, closeAt);
  if (pair.opener.startsWith('$') && !isMathBetweenDollars(inner, rest.charAt(closeAt + pair.closer.length)))
    return false;
  const end = closeAt + pair.closer.length;
  if (!silent) state.push('math_inline', '', 0).content = rest.slice(0, end);
  state.pos += end;
  return true;
}

/** Tells a formula from sums of money and shell variables: it touches its dollars and holds something only a formula has. */
function isMathBetweenDollars(inner: string, next: string): boolean {
  return /^\S/.test(inner) && /\S$/.test(inner) && /[\\^_{]/.test(inner) && !/[\d\w]/.test(next);
}

const BLOCK: ReadonlyMap<string, string> = new Map([
  ['$$', '$$'],
  ['\\[', '\\]'],
]);

/** A formula on lines of its own. It ends with the paragraph at the latest: an opener without a closer is just text. */
function readMathBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (!isIndentedForText(state, startLine)) return false;
  const first = lineText(state, startLine);
  const opener = first.slice(0, 2);
  const closer = BLOCK.get(opener);
  if (closer === undefined) return false;
  const lastLine = findCloser(state, startLine, Math.min(endLine, startLine + MAX_LINES), closer);
  if (lastLine === undefined) return false;
  if (silent) return true;
  const text = state.getLines(startLine, lastLine + 1, state.sCount[startLine] ?? 0, false).trim();
  const token = state.push('math_block', '', 0);
  token.content = text.slice(opener.length, -closer.length).trim();
  token.map = [startLine, lastLine + 1];
  state.line = lastLine + 1;
  return true;
}

function isIndentedForText(state: StateBlock, line: number): boolean {
  return (state.sCount[line] ?? 0) - state.blkIndent < 4;
}

function findCloser(state: StateBlock, startLine: number, endLine: number, closer: string): number | undefined {
  for (let line = startLine; line < endLine && !state.isEmpty(line); line += 1) {
    const text = lineText(state, line);
    const isOpenerItself = line === startLine && text.length < 2 * closer.length;
    if (text.endsWith(closer) && !isOpenerItself) return line;
  }
  return undefined;
}

function lineText(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trimEnd();
}
