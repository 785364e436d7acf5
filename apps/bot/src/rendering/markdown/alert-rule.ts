import type { MarkdownIt, StateCore, Token } from 'markdown-it';

const MARK = /^\[!(note|tip|important|warning|caution)\](?:[ \t]+|$)/i;
/** What stands in the place of each mark. */
const TITLES: Readonly<Record<string, string>> = {
  note: 'ℹ️ Note',
  tip: '💡 Tip',
  important: '❗ Important',
  warning: '⚠️ Warning',
  caution: '🛑 Caution',
};

/** A quote that begins with `[!NOTE]` or one of its kin has a title in that place. */
export function addAlertRule(md: MarkdownIt): void {
  md.core.ruler.after('inline', 'alert', (state) => {
    for (const [index, { type }] of state.tokens.entries()) {
      const text = type === 'blockquote_open' ? state.tokens[index + 2] : undefined;
      if (text?.type === 'inline') text.children = withTitle(state, text.children ?? []);
    }
  });
}

function withTitle(state: StateCore, children: Token[]): Token[] {
  const [first, ...rest] = children;
  const [mark, kind = ''] = (first?.type === 'text' && MARK.exec(first.content)) || [];
  if (!first || mark === undefined) return children;
  const title = make(state, 'text', 0, TITLES[kind.toLowerCase()]);
  const line = [make(state, 'strong_open', 1), title, make(state, 'strong_close', -1)];
  if (first.content === mark) return [...line, ...rest];
  first.content = first.content.slice(mark.length);
  return [...line, make(state, 'softbreak', 0), first, ...rest];
}

function make(state: StateCore, type: string, nesting: -1 | 0 | 1, content = ''): Token {
  const token = new state.Token(type, '', nesting);
  token.content = content;
  return token;
}
