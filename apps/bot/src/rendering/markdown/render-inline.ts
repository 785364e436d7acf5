import { beginningOf } from '@signalbox/contracts';
import type { Token } from 'markdown-it';
import type { EntityType } from '../text/formatted-text.ts';
import type { TextWriter } from '../text/text-writer.ts';
import { checkLink, labelShows } from './check-link.ts';
import { attribute } from './parsed-markdown.ts';

const STYLES: Readonly<Record<string, EntityType>> = { strong: 'bold', em: 'italic', s: 'strikethrough' };
/** An address that stands in the text is cut here: an embedded picture may have a megabyte of it. In UTF-16 units. */
const MAX_SHOWN_ADDRESS = 300;

/** Writes the inline content of one block. */
export function renderInline(writer: TextWriter, tokens: readonly Token[]): void {
  for (const [index, token] of tokens.entries()) {
    const style = STYLES[token.type.replace(/_(open|close)$/, '')];
    if (style && token.nesting === 1) writer.open(style);
    else if (style) writer.close(style);
    else if (token.type === 'code_inline') writer.writeCode(token.content);
    else if (token.type === 'hardbreak' && isAfterBreak(tokens, index)) writer.breakParagraph();
    else if (token.type === 'softbreak' || token.type === 'hardbreak') writer.breakLine();
    else if (token.type === 'image') renderImage(writer, token);
    else if (token.type === 'link_open') openLink(writer, token);
    else if (token.type === 'link_close') closeLink(writer, tokens, index);
    else writer.write(token.content);
  }
}

/** Whether the line that ends here is empty. */
function isAfterBreak(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.type === 'softbreak' ? index - 2 : index - 1;
  return tokens[before]?.type === 'hardbreak';
}

/** The inline content as it is read, without any formatting; an address that its label does not show follows in brackets. */
export function inlineText(tokens: readonly Token[]): string {
  let text = '';
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'softbreak') text += ' ';
    else if (token.type === 'hardbreak') text += '\n';
    else if (token.type === 'image') text += imageText(token);
    else if (token.type === 'link_close') text += addressAfter(tokens, index);
    else text += token.content;
  }
  return text;
}

/** Whether a block holds an address that only a link can carry. */
export function holdsLink(tokens: readonly Token[]): boolean {
  return tokens.some((token) => token.type === 'link_open' || token.type === 'image');
}

function openLink(writer: TextWriter, token: Token): void {
  const url = checkLink(attribute(token, 'href'));
  if (url !== undefined) writer.open('text_link', { url });
}

function closeLink(writer: TextWriter, tokens: readonly Token[], index: number): void {
  const isEmpty = tokens[index - 1]?.type === 'link_open';
  if (isEmpty || !writer.isOpen('text_link')) writer.write(addressAfter(tokens, index));
  if (writer.isOpen('text_link')) writer.close('text_link');
}

/** What follows a link whose address must be written out: its address, unless the label shows it. */
function addressAfter(tokens: readonly Token[], closeIndex: number): string {
  let openIndex = closeIndex;
  while (openIndex > 0 && tokens[openIndex]?.type !== 'link_open') openIndex -= 1;
  const href = attribute(tokens[openIndex], 'href');
  const label = inlineText(tokens.slice(openIndex + 1, closeIndex));
  if (href === '' || labelShows(label, href)) return '';
  return label === '' ? shortAddress(href) : ` (${shortAddress(href)})`;
}

function renderImage(writer: TextWriter, token: Token): void {
  const url = checkLink(attribute(token, 'src'));
  const label = token.content || 'image';
  // A picture in a link, such as a badge, is only the link's label.
  const isLabel = writer.isOpen('text_link');
  if (url !== undefined && !isLabel) writer.open('text_link', { url });
  writer.write(url === undefined && !isLabel ? imageText(token) : label);
  if (url !== undefined && !isLabel) writer.close('text_link');
}

function imageText(token: Token): string {
  const address = shortAddress(attribute(token, 'src'));
  const label = token.content || 'image';
  return address === '' || labelShows(label, address) ? label : `${label} (${address})`;
}

function shortAddress(href: string): string {
  return href.length <= MAX_SHOWN_ADDRESS ? href : `${beginningOf(href, MAX_SHOWN_ADDRESS)}…`;
}
