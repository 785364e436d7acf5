import type { Token } from 'markdown-it';
import { cleanText, type FormattedText, isBlank, plainText } from './formatted-text.ts';
import { attribute, type ParsedMarkdown, parseMarkdown } from './parse-markdown.ts';
import { renderBlock } from './render-block.ts';
import { TextWriter } from './text-writer.ts';

/**
 * Markdown as Telegram can show it. Takes any text, unclosed Markdown (the beginning of an answer that still grows) included, and loses no
 * word of it: what cannot be formatted is shown as it was written. The result may be longer than a message and may have more entities
 * than one (`splitMessage` sees to both). Pure; never throws.
 */
export function renderMarkdown(markdown: string): FormattedText {
  const source = cleanText(markdown);
  const parsed = parseMarkdown(source);
  if (parsed.isTooDeep) return plainText(source);
  const rendered = renderTokens(parsed);
  return isBlank(rendered.text) ? plainText(source) : rendered;
}

function renderTokens({ tokens, lines, references }: ParsedMarkdown): FormattedText {
  const writer = new TextWriter();
  const context = { lines, references, lists: [], quotes: [], linked: linkedAddresses(tokens) };
  for (let index = 0; index < tokens.length; ) index = renderBlock(writer, tokens, index, context);
  return writer.finish();
}

/** All addresses that some link or picture leads to, to tell which definitions of references are used. */
function linkedAddresses(tokens: readonly Token[]): ReadonlySet<string> {
  const addresses = new Set<string>();
  if (!tokens.some((token) => token.type === 'reference_definition')) return addresses;
  for (const token of tokens.flatMap((block) => block.children ?? [])) {
    addresses.add(attribute(token, 'href') || attribute(token, 'src'));
  }
  return addresses;
}
