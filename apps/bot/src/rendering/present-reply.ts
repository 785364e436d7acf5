import { beginningOf } from '@signalbox/contracts';
import { type CodeFile, renderMarkdown, renderWithFiles } from './markdown/render-markdown.ts';
import { type FormattedText, plainText } from './text/formatted-text.ts';
import { firstParts, MAX_MESSAGE_LENGTH } from './text/split-message.ts';

/** More messages than this are a flood in a chat; a file reads better. */
const MAX_PARTS = 3;
/** A text that is to be short is shown as a file beyond this, in UTF-16 units. */
const MAX_SHORT = 1_500;
/** The beginning also fits a caption (1,024), with room for a mark before it. In UTF-16 units. */
const MAX_BEGINNING = 980;
/** Markdown longer than this is a document whatever it renders to, and only its beginning is rendered. In UTF-16 units. */
const MAX_RENDERED = 200_000;
const REST_NOTE = '⋯ The rest is in the file.';

/** How a reply is shown: messages, then files. */
interface Presentation {
  readonly messages: readonly FormattedText[];
  readonly files: readonly (CodeFile & { readonly caption: FormattedText })[];
}

/**
 * How to show what Claude said: as messages, with code that fits no message as files behind them; or, if they would be more than three
 * messages, as a Markdown file with its beginning as text. `shorten`: so is a text that is longer than a short one. The same Markdown
 * always gives the same. Blank Markdown gives nothing.
 */
export function presentReply(
  markdown: string,
  { shorten = false }: { shorten?: boolean | undefined } = {},
): Presentation {
  const isHuge = markdown.length > MAX_RENDERED;
  const { rendered, files } = renderWithFiles(
    isHuge ? beginningOf(markdown, MAX_RENDERED) : markdown,
    MAX_MESSAGE_LENGTH,
  );
  const messages = firstParts(rendered, MAX_PARTS + 1);
  const isShort = !shorten || (rendered.text.length <= MAX_SHORT && files.length === 0);
  if (!isHuge && isShort && messages.length <= MAX_PARTS)
    return { messages, files: files.map((file) => ({ ...file, caption: plainText('') })) };
  const caption = captionOf(renderMarkdown(beginningOf(markdown, MAX_RENDERED)));
  return { messages: [], files: [{ name: 'answer.md', content: markdown, caption }] };
}

function captionOf(rendered: FormattedText): FormattedText {
  const [first = { text: '', entities: [] }] = firstParts(rendered, 1, MAX_BEGINNING - REST_NOTE.length - 2);
  return { text: `${first.text}\n\n${REST_NOTE}`, entities: first.entities };
}
