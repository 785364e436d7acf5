import type { StateBlock } from 'markdown-it';
import { beginLineAt, endOf, isCode, lineOf, startOf } from './block-lines.ts';

const OPENER = '<!--';
const CLOSER = '-->';
/** A comment that was never closed would end in the next one, or in an arrow of a program. */
const HOLDS_OTHER = /<!--|^[\s>]*(?:`{3}|~{3})/m;

/** A comment that ends its line, or that has blank lines in it: nothing of it is shown. All others are found within their paragraph. */
export function readComment(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = startOf(state, startLine);
  if (isCode(state, startLine) || !state.src.startsWith(OPENER, start) || start > lastCloser(state)) return false;
  const closer = state.src.indexOf(CLOSER, start + OPENER.length);
  const line = closer < 0 ? undefined : lineOf(state, closer, startLine, endLine);
  if (line === undefined || HOLDS_OTHER.test(state.src.slice(start + OPENER.length, closer))) return false;
  const end = closer + CLOSER.length;
  const isLast = state.skipSpaces(end) >= endOf(state, line);
  // A paragraph that it stands in goes on behind it.
  if (silent) return hasBlankLine(state, startLine, line);
  if (line === startLine && !isLast) return false;
  state.line = line + 1;
  if (isLast) return true;
  beginLineAt(state, line, end);
  state.line = line;
  return true;
}

function hasBlankLine(state: StateBlock, startLine: number, line: number): boolean {
  for (let next = startLine + 1; next < line; next += 1) if (state.isEmpty(next)) return true;
  return false;
}

/** Where the last comment of the document ends. Looked for once: there may be many that never end. */
function lastCloser({ src, env }: StateBlock): number {
  env.lastCommentEnd ??= src.lastIndexOf(CLOSER);
  return env.lastCommentEnd as number;
}
