import type { StateBlock } from 'markdown-it';

/** Where the first character of a line stands that is neither a blank nor a mark of the list or quote around it. */
export function startOf(state: StateBlock, line: number): number {
  return (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
}

/** Where a line ends. */
export function endOf(state: StateBlock, line: number): number {
  return state.eMarks[line] ?? 0;
}

/** Whether a line is indented so far that it is code. */
export function isCode(state: StateBlock, line: number): boolean {
  return (state.sCount[line] ?? 0) - state.blkIndent >= 4;
}

/** The line that the character at `at` stands on, if it is below `endLine` and the list or quote that `line` is in goes on until there. */
export function lineOf(state: StateBlock, at: number, line: number, endLine: number): number | undefined {
  for (let next = line; next < endLine; next += 1) {
    const isLeft = !state.isEmpty(next) && (state.sCount[next] ?? 0) < state.blkIndent;
    if (isLeft) return undefined;
    if (at < endOf(state, next)) return next;
  }
  return undefined;
}

/** The text from one place to another, without the marks of the list or quote around it. */
export function textBetween(state: StateBlock, from: { line: number; at: number }, to: { line: number; at: number }) {
  const lines: string[] = [];
  for (let line = from.line; line <= to.line; line += 1) {
    const start = line === from.line ? from.at : startOf(state, line);
    lines.push(state.src.slice(start, line === to.line ? to.at : endOf(state, line)));
  }
  return lines.join('\n');
}

/** Lets `line` begin at `at` only. What is given back makes it as it was. */
export function beginLineAt(state: StateBlock, line: number, at: number): () => void {
  const { bMarks, tShift, sCount } = state;
  const before = [bMarks[line] ?? 0, tShift[line] ?? 0, sCount[line] ?? 0] as const;
  bMarks[line] = Math.min(state.skipSpaces(at), endOf(state, line));
  tShift[line] = 0;
  sCount[line] = state.blkIndent;
  return () => {
    [bMarks[line], tShift[line], sCount[line]] = before;
  };
}

/** Adds text, unless it is blank, as a paragraph. */
export function pushParagraph(state: StateBlock, text: string, line: number): void {
  if (text.trim() === '') return;
  state.push('paragraph_open', 'p', 1);
  pushInline(state, text.trim(), line);
  state.push('paragraph_close', 'p', -1);
}

/** Adds text that is to be read for what stands within a line. */
export function pushInline(state: StateBlock, text: string, line: number): void {
  const token = state.push('inline', '', 0);
  token.content = text;
  token.map = [line, line + 1];
  token.children = [];
}
