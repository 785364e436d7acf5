import type { FormattedText } from './formatted-text.ts';
import { renderMarkdown } from './render-markdown.ts';
import { firstParts } from './split-message.ts';

/** More messages than this are a flood in a chat; a file reads better. */
const MAX_PARTS = 3;
/** The beginning also fits a caption (1,024), with room for a mark before it. In UTF-16 units. */
const MAX_BEGINNING = 980;
/** Markdown longer than this is a document whatever it renders to, and only its beginning is rendered. In UTF-16 units. */
const MAX_RENDERED = 200_000;
const REST_NOTE = '⋯ The rest is in the file.';

/** How a reply is shown. `beginning` fits a message and a caption. */
export type Presentation =
  | { readonly kind: 'messages'; readonly parts: readonly FormattedText[] }
  | {
      readonly kind: 'document';
      /** File name, ASCII. */
      readonly name: string;
      /** The whole Markdown. */
      readonly content: string;
      readonly beginning: FormattedText;
    };

/**
 * How to show what Claude said: as messages, or, if they would be more than three, as a Markdown file with its beginning as text. The same
 * Markdown always gives the same. Blank Markdown gives no parts.
 */
export function presentReply(markdown: string): Presentation {
  const isHuge = markdown.length > MAX_RENDERED;
  const rendered = renderMarkdown(isHuge ? markdown.slice(0, MAX_RENDERED) : markdown);
  const parts = firstParts(rendered, MAX_PARTS + 1);
  if (!isHuge && parts.length <= MAX_PARTS) return { kind: 'messages', parts };
  return { kind: 'document', name: 'answer.md', content: markdown, beginning: beginningOf(rendered) };
}

function beginningOf(rendered: FormattedText): FormattedText {
  const [first = { text: '', entities: [] }] = firstParts(rendered, 1, MAX_BEGINNING - REST_NOTE.length - 2);
  return { text: `${first.text}\n\n${REST_NOTE}`, entities: first.entities };
}
