import markdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { corpus, documents, samples } from '../../../testing/corpus.ts';
import { presentReply } from '../present-reply.ts';
import { cleanText, type FormattedText, isBlank, type MessageEntity } from '../text/formatted-text.ts';
import { splitMessage } from '../text/split-message.ts';
import { renderMarkdown } from './render-markdown.ts';

const NESTABLE = new Set(['bold', 'italic', 'strikethrough']);
const CODE = new Set(['code', 'pre']);
const QUOTES = new Set(['blockquote', 'expandable_blockquote']);
const TYPES = new Set([...NESTABLE, ...CODE, ...QUOTES, 'text_link']);

const end = (entity: MessageEntity) => entity.offset + entity.length;
const splitsPair = (text: string, at: number) => /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));

/** What is wrong with an entity by itself. */
function problemsOf(text: string, entity: MessageEntity): string[] {
  const problems: string[] = [];
  const name = `${entity.type} ${entity.offset}+${entity.length}`;
  const content = text.slice(entity.offset, end(entity));
  if (!TYPES.has(entity.type)) problems.push(`${name}: unknown type`);
  if (!Number.isInteger(entity.offset) || !Number.isInteger(entity.length)) problems.push(`${name}: not integers`);
  if (entity.offset < 0 || entity.length < 1 || end(entity) > text.length) problems.push(`${name}: out of range`);
  if (splitsPair(text, entity.offset) || splitsPair(text, end(entity))) problems.push(`${name}: cuts a pair`);
  if (content.trim() === '') problems.push(`${name}: blank`);
  const isTrimmed = !CODE.has(entity.type) && !QUOTES.has(entity.type);
  if (isTrimmed && content !== content.trim()) problems.push(`${name}: blank ends`);
  if (entity.type === 'text_link' && !/^https?:\/\/[^/]+\..+/.test(entity.url)) problems.push(`${name}: ${entity.url}`);
  return problems;
}

/** What is wrong with two entities together; `a` does not begin after `b`. */
function problemsBetween(a: MessageEntity, b: MessageEntity): string[] {
  if (end(a) <= b.offset) return [];
  const name = `${a.type} ${a.offset}+${a.length} and ${b.type} ${b.offset}+${b.length}`;
  const isNested = end(b) <= end(a) || (a.offset === b.offset && end(a) <= end(b));
  if (!isNested) return [`${name}: cross`];
  if (a.type === b.type) return [`${name}: nested in its own kind`];
  const types = [a.type, b.type];
  const hasCode = types.some((type) => CODE.has(type));
  const hasQuote = types.some((type) => QUOTES.has(type));
  if (hasCode && !hasQuote) return [`${name}: overlaps code`];
  if (QUOTES.has(b.type) && (QUOTES.has(a.type) || end(b) < end(a))) return [`${name}: quote inside`];
  return [];
}

/** Everything for which the Bot API would refuse a text or change its formatting. */
function problems({ text, entities }: FormattedText): string[] {
  const found = entities.flatMap((entity) => problemsOf(text, entity));
  for (const [index, entity] of entities.entries()) {
    const next = entities[index + 1];
    if (next && next.offset < entity.offset) found.push(`${next.type} at ${next.offset}: not sorted`);
    for (const other of entities.slice(index + 1)) found.push(...problemsBetween(entity, other));
  }
  const startsWithCode = entities[0]?.offset === 0 && CODE.has(entities[0].type);
  const startsWithQuote = QUOTES.has(entities[0]?.type ?? '');
  if (text !== text.trimStart() && !startsWithCode && !startsWithQuote) found.push('blank start');
  if (/[\p{Surrogate}\t\r]|[^\P{Cc}\n]/u.test(text)) found.push('characters that the server changes');
  return found;
}

/** The same for one message. */
function problemsOfPart(part: FormattedText, limit: number): string[] {
  const found = problems(part);
  if (isBlank(part.text)) found.push('blank part');
  if (part.text.length > limit) found.push(`${part.text.length} UTF-16 units`);
  if (Buffer.byteLength(part.text) > 32_768) found.push('too many bytes');
  if (part.entities.length > 100) found.push(`${part.entities.length} entities`);
  return found;
}

/** How often each word occurs, without the characters that Markdown may take away. */
function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.replace(/[*_~`\\]/g, '').matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** HTML that means something is not shown as it was written, unless it is code or not whole. */
const withoutForms = (text: string) =>
  text
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<\/?(?:details|summary|table|thead|tbody|tr|th|td|br|kbd|b)(?:\s[^<>]*)?\/?>/gi, ' ')
    .replace(/<img src="|" alt="|">/g, ' ');

/** The words of Markdown that a reader must find again: without what stands for a mark, a number or a character. */
function wordsOfSource(markdown: string): Map<string, number> {
  const source = withoutForms(cleanText(markdown))
    .replace(/^([\s>]*)\[!\w+\]/gm, '$1')
    .replace(/^[\s>*+-]*\d+[.)](?=\s|$)/gm, '')
    .replace(/^([\s>]*[-*+] )\[[xX]\]/gm, '$1')
    .replace(/\[\d+\](?!:)/g, '')
    .replace(/\[\d+\]: (?=\S+(one|two)$)/gm, '')
    .replace(/(```|~~~)[\w-]*\s*$/, '')
    .replace(/\s"title?$|\(d "e/gm, '')
    .replace(/&[\w#]+;/g, '')
    // The picture of a badge: its link is shown.
    .replace(/\(https:\/\/img\.example\.org\/b\.svg\)(?=\])/g, '');
  return countWords(source);
}

function wordsOfResult({ text, entities }: FormattedText): Map<string, number> {
  const urls = entities.map((entity) => (entity.type === 'text_link' ? readable(entity.url) : ''));
  const languages = entities.map((entity) => (entity.type === 'pre' ? (entity.language ?? '') : ''));
  return countWords([withoutForms(text), ...urls, ...languages].join(' '));
}

function readable(url: string): string {
  return `${decodeURI(url)} ${url.includes('xn--') ? 'exämple' : ''}`;
}

function lostWords(markdown: string): string[] {
  const shown = wordsOfResult(renderMarkdown(markdown));
  return [...wordsOfSource(markdown)].flatMap(([word, count]) => ((shown.get(word) ?? 0) < count ? [word] : []));
}

const preBlocks = ({ text, entities }: FormattedText) =>
  entities.filter((entity) => entity.type === 'pre').map((entity) => text.slice(entity.offset, end(entity)));

/** What is left of `code` after taking `pieces` off its beginning, with the line break that a cut replaces. */
function takePieces(code: string, pieces: string[]): string {
  let rest = code;
  for (let [piece] = pieces; piece !== undefined && rest !== ''; [piece] = pieces) {
    const found = [piece, `\n${piece}`].find((beginning) => rest.startsWith(beginning));
    if (found === undefined) break;
    rest = rest.slice(found.length);
    pieces.shift();
  }
  return rest;
}

const graphemes = (text: string) => [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
const visible = (parts: readonly FormattedText[]) =>
  parts.flatMap((part) => graphemes(part.text)).filter((grapheme) => grapheme.trim() !== '');

describe('renderMarkdown', () => {
  it('gives nothing that Telegram would refuse, for every document and every prefix', () => {
    const refused = samples.flatMap(([name, markdown]) =>
      problems(renderMarkdown(markdown)).map((problem) => `${name}: ${problem}`),
    );
    expect(refused).toEqual([]);
  });

  it('loses no word, for every document and every prefix', () => {
    const lost = samples.flatMap(([name, markdown]) => lostWords(markdown).map((word) => `${name}: ${word}`));
    expect(lost).toEqual([]);
  });

  it('keeps the code of every fence to the letter', () => {
    const parser = markdownIt();
    for (const [name, markdown] of documents) {
      const fences = parser.parse(cleanText(markdown), {}).filter((token) => token.type === 'fence');
      const wanted = fences.map((token) => token.content.replace(/\n$/, '')).filter((code) => code.trim() !== '');
      const shown = preBlocks(renderMarkdown(markdown));
      expect(shown, name).toEqual(expect.arrayContaining(wanted));
    }
  });
});

describe.each([4_096, 500, 60])('splitMessage at %i', (limit) => {
  const cut = samples.map(([name, markdown]) => {
    const rendered = renderMarkdown(markdown);
    return { name, rendered, parts: splitMessage(rendered, limit) };
  });

  it('gives only parts that Telegram takes', () => {
    const refused = cut.flatMap(({ name, parts }) =>
      parts.flatMap((part) => problemsOfPart(part, limit).map((problem) => `${name}: ${problem}`)),
    );
    expect(refused).toEqual([]);
  });

  it('loses and splits no character that a person sees', () => {
    const joined = (parts: readonly FormattedText[]) => parts.map(({ text }) => text.replace(/\s/g, '')).join('');
    for (const { name, rendered, parts } of cut) expect(joined(parts), name).toBe(joined([rendered]));
    for (const { name, rendered, parts } of cut.slice(0, 60)) expect(visible(parts), name).toEqual(visible([rendered]));
  });

  it('joins code blocks to what they were', () => {
    for (const { name, rendered, parts } of cut) {
      const pieces = parts.flatMap(preBlocks);
      for (const code of preBlocks(rendered)) expect(takePieces(code, pieces), name).toBe('');
      expect(pieces, name).toEqual([]);
    }
  });

  it('cuts no code block that fits', () => {
    for (const { name, rendered, parts } of cut) {
      const kept = new Set(parts.flatMap(preBlocks));
      const fitting = preBlocks(rendered).filter((code) => code.length <= limit);
      expect(
        fitting.filter((code) => !kept.has(code)),
        name,
      ).toEqual([]);
    }
  });
});

describe('presentReply', () => {
  const shown = [...samples, ['all', corpus] as const].map(([name, markdown]) => {
    return { name, markdown, ...presentReply(markdown) };
  });

  it('gives only parts that Telegram takes, and captions that fit', () => {
    for (const { name, messages, files } of shown) {
      expect(messages.length, name).toBeLessThanOrEqual(3);
      const captions = files.map(({ caption }) => caption).filter(({ text }) => text !== '');
      const found = [
        ...messages.flatMap((part) => problemsOfPart(part, 4_096)),
        ...captions.flatMap((part) => problemsOfPart(part, 1_024)),
      ];
      expect(found, name).toEqual([]);
    }
  });

  it('keeps all code: in its messages, or as files to which they refer, or in the document', () => {
    let kept = 0;
    for (const { name, markdown, messages, files } of shown) {
      if (files.some((file) => file.content === markdown)) continue;
      const pieces = messages.flatMap(preBlocks);
      for (const code of preBlocks(renderMarkdown(markdown))) {
        const file = files.find(({ content }) => cleanText(content).trimEnd() === code.trimEnd());
        if (code.length <= 4_096) expect(takePieces(code, pieces), name).toBe('');
        else expect(messages.map(({ text }) => text).join(), name).toContain(`📎 ${file?.name}`);
        kept += code.length > 4_096 ? 1 : 0;
      }
    }
    expect(kept).toBeGreaterThan(3);
  });
});
