import markdownIt, { type Env } from 'markdown-it';
import cjkFriendly from 'markdown-it-cjk-friendly';
import { addHtmlRules } from '../html/html-rules.ts';
import { addAlertRule } from './alert-rule.ts';
import { addMathRules } from './math-rules.ts';
import type { ParsedMarkdown } from './parsed-markdown.ts';

/** Deeper than anything a person writes; what is nested deeper still is shown as it was written. */
const MAX_NESTING = 32;

const parser = markdownIt({ html: false, linkify: false, typographer: false, maxNesting: MAX_NESTING });
// Addresses are checked and written when a link is rendered; here every link counts as one, and keeps its address as it was written.
parser.validateLink = () => true;
parser.normalizeLink = (url) => url;
// Definitions of references stay in the stream: one that nothing refers to is shown, for it may be a list of sources or a line of a log.
parser.core.ruler.disable('strip_references');
addMathRules(parser);
addHtmlRules(parser);
addAlertRule(parser);
// Where words have no blanks between them, what ends in a bracket or a full stop is bold all the same.
parser.use(cjkFriendly);

/** Reads CommonMark with tables, strikethrough, LaTeX, marked quotes and a few forms of HTML. `markdown` is clean (`cleanText`). Any text is valid; never throws. */
export function parseMarkdown(markdown: string): ParsedMarkdown {
  const env: Env = {};
  const tokens = parser.parse(markdown, env);
  // The parser leaves out what stands at its limit; containers take at least one level each, lists two.
  const isTooDeep = tokens.some((token) => token.level >= MAX_NESTING - 2);
  return { tokens, lines: markdown.split('\n'), references: env.references ?? {}, isTooDeep };
}
