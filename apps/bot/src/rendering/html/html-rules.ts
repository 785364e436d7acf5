import type { MarkdownIt } from 'markdown-it';
import { readComment } from './read-comment.ts';
import { readDetails } from './read-details.ts';
import { readInlineForm } from './read-inline-form.ts';
import { readTable } from './read-table.ts';

const ENDS = { alt: ['paragraph', 'reference', 'blockquote', 'list'] };

/**
 * Reads the few forms of HTML that mean something in a chat: comments, `<details>`, simple tables, `<br>`, `<kbd>`, `<img>`. Any other tag,
 * and each of these that is not whole, stays the text that it is: it may be code, or the beginning of an answer that still grows.
 */
export function addHtmlRules(md: MarkdownIt): void {
  md.block.ruler.before('html_block', 'html_comment', readComment, ENDS);
  md.block.ruler.before('html_block', 'html_details', readDetails, ENDS);
  md.block.ruler.before('html_block', 'html_table', readTable, ENDS);
  md.inline.ruler.before('autolink', 'html_form', readInlineForm);
}
