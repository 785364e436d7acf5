import type { StateBlock } from 'markdown-it';
import { beginLineAt, endOf, isCode, lineOf, pushInline, pushParagraph, startOf, textBetween } from './block-lines.ts';
import { pairDetails } from './pair-details.ts';
import { contentOf, readTag } from './tag.ts';

const SUMMARY = /^\s*<summary(?:\s[^<>]*)?>([\s\S]*?)<\/summary\s*>/i;
/** A title reaches no further, in lines. */
const MOST_LINES = 20;

interface Position {
  readonly line: number;
  readonly at: number;
}

/**
 * `<details>`, with Markdown in it: the tokens of what is in it between `details_open` and `details_close`, its title first, between
 * `summary_open` and `summary_close`.
 */
export function readDetails(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = startOf(state, startLine);
  if (isCode(state, startLine) || state.src.charAt(start) !== '<') return false;
  const tag = readTag(state.md, state.src, start, 'details');
  const closer = tag && pairsOf(state).get(start);
  const lastLine = closer && lineOf(state, closer.from, startLine, endLine);
  if (!tag || !closer || lastLine === undefined) return false;
  if (silent) return true;
  const end = { line: lastLine, at: closer.from };
  state.push('details_open', 'details', 1).map = [startLine, lastLine + 1];
  const { summary, content } = readSummary(state, { line: startLine, at: tag.end }, end);
  if (summary !== '') {
    state.push('summary_open', 'summary', 1);
    pushInline(state, summary, startLine);
    state.push('summary_close', 'summary', -1);
  }
  readContent(state, content, end);
  state.push('details_close', 'details', -1);
  pushParagraph(state, state.src.slice(closer.to, endOf(state, lastLine)), lastLine);
  state.line = lastLine + 1;
  return true;
}

/** The pairs of the document, found once. */
function pairsOf({ src, env }: StateBlock): ReturnType<typeof pairDetails> {
  env.details ??= pairDetails(src);
  return env.details as ReturnType<typeof pairDetails>;
}

/** The title, empty if there is none, and where the content begins. */
function readSummary(state: StateBlock, from: Position, end: Position): { summary: string; content: Position } {
  const line = from.line + MOST_LINES;
  const to = line < end.line ? { line, at: endOf(state, line) } : end;
  const [whole, title = ''] = SUMMARY.exec(textBetween(state, from, to)) ?? [];
  if (whole === undefined) return { summary: '', content: from };
  const breaks = whole.split('\n').length - 1;
  const lastLine = from.line + breaks;
  const before = breaks === 0 ? from.at : startOf(state, lastLine);
  const at = before + whole.length - (whole.lastIndexOf('\n') + 1);
  return { summary: contentOf(title), content: { line: lastLine, at } };
}

/** Reads the blocks from one place to another. */
function readContent(state: StateBlock, from: Position, to: Position): void {
  const { lineMax, parentType } = state;
  const lastEnd = endOf(state, to.line);
  const restore = beginLineAt(state, from.line, from.at);
  state.eMarks[to.line] = to.at;
  state.lineMax = to.line + 1;
  state.parentType = 'blockquote';
  state.md.block.tokenize(state, from.line, to.line + 1);
  state.parentType = parentType;
  state.lineMax = lineMax;
  state.eMarks[to.line] = lastEnd;
  restore();
}
