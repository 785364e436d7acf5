import type { Token } from 'markdown-it';
import { cleanText, type FormattedText, isBlank, plainText } from '../text/formatted-text.ts';
import { TextWriter } from '../text/text-writer.ts';
import { parseMarkdown } from './parse-markdown.ts';
import { attribute, type ParsedMarkdown } from './parsed-markdown.ts';
import { type CodeFile, renderBlock } from './render-block.ts';

export type { CodeFile } from './render-block.ts';

/**
 * Markdown as Telegram can show it. Takes any text, unclosed Markdown (the beginning of an answer that still grows) included, and loses no
 * word of it: what cannot be formatted is shown as it was written. The result may be longer than a message and may have more entities
 * than one (`splitMessage` sees to both). Pure; never throws.
 */
export function renderMarkdown(markdown: string): FormattedText {
  return renderWithFiles(markdown, Number.POSITIVE_INFINITY).rendered;
}

/** The same, with code blocks that are longer than `longestCode` UTF-16 units as files, to which the text refers. */
export function renderWithFiles(
  markdown: string,
  longestCode: number,
): { rendered: FormattedText; files: readonly CodeFile[] } {
  const source = cleanText(markdown);
  const parsed = parseMarkdown(source);
  if (parsed.isTooDeep) return { rendered: plainText(source), files: [] };
  const shown = renderTokens(parsed, { longestCode, original: () => linesOf(markdown) });
  return isBlank(shown.rendered.text) ? { rendered: plainText(source), files: [] } : shown;
}

function renderTokens(
  { tokens, lines, references }: ParsedMarkdown,
  { longestCode, original }: { longestCode: number; original(): readonly string[] },
): { rendered: FormattedText; files: readonly CodeFile[] } {
  const writer = new TextWriter();
  const code = { longest: longestCode, original, files: [] };
  const context = { lines, references, lists: [], quotes: [], linked: linkedAddresses(tokens), code };
  for (let index = 0; index < tokens.length; ) index = renderBlock(writer, tokens, index, context);
  return { rendered: writer.finish(), files: code.files };
}

/** The lines as they were written, with their tabs; as many as the parser counts. */
function linesOf(markdown: string): string[] {
  return markdown.split(/\r\n?|[\n\u2028\u2029]/);
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
