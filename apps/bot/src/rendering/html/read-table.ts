import type { StateBlock } from 'markdown-it';
import { endOf, isCode, lineOf, pushInline, pushParagraph, startOf, textBetween } from './block-lines.ts';
import { tableRows } from './table-rows.ts';
import { contentOf, readTag } from './tag.ts';

const ANY_TAG = /<(\/?)table(?:\s[^<>]*)?>/gi;

/** A simple `<table>`: the tokens that a table of Markdown has. */
export function readTable(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = startOf(state, startLine);
  if (isCode(state, startLine) || state.src.charAt(start) !== '<') return false;
  const tag = readTag(state.md, state.src, start, 'table');
  const closer = tag && closerAfter(state.src, tag.end);
  const lastLine = closer && lineOf(state, closer.from, startLine, endLine);
  if (!tag || !closer || lastLine === undefined) return false;
  const from = { line: startLine, at: tag.end };
  const rows = tableRows(textBetween(state, from, { line: lastLine, at: closer.from }));
  if (!rows) return false;
  if (silent) return true;
  pushTable(state, rows, [startLine, lastLine + 1]);
  pushParagraph(state, state.src.slice(closer.to, endOf(state, lastLine)), lastLine);
  state.line = lastLine + 1;
  return true;
}

/** The closing tag, unless another table begins before it. */
function closerAfter(source: string, at: number): { from: number; to: number } | undefined {
  ANY_TAG.lastIndex = at;
  const found = ANY_TAG.exec(source);
  return found?.[1] === '/' ? { from: found.index, to: found.index + found[0].length } : undefined;
}

function pushTable(
  state: StateBlock,
  rows: NonNullable<ReturnType<typeof tableRows>>,
  [startLine, endLine]: [number, number],
): void {
  const table = state.push('table_open', 'table', 1);
  table.map = [startLine, endLine];
  // Whatever bars are in it are text.
  table.meta = { isHtml: true };
  for (const row of rows) {
    state.push('tr_open', 'tr', 1);
    for (const { content, align } of row) {
      state.push('td_open', 'td', 1).attrs = [['style', `text-align:${align}`]];
      pushInline(state, contentOf(content), startLine);
      state.push('td_close', 'td', -1);
    }
    state.push('tr_close', 'tr', -1);
  }
  state.push('table_close', 'table', -1);
}
