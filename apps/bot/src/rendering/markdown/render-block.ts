import type { Token } from 'markdown-it';
import type { QuoteType, TextWriter } from '../text/text-writer.ts';
import { nameCodeFile } from './name-code-file.ts';
import { attribute, type ParsedMarkdown } from './parsed-markdown.ts';
import { holdsLink, inlineText, renderInline } from './render-inline.ts';
import { renderTable } from './render-table.ts';

/** A code block that is shown as a file of its own. */
export interface CodeFile {
  readonly name: string;
  readonly content: string;
}

/** What becomes of code blocks. */
interface CodeContext {
  /** What is longer becomes a file, in UTF-16 units. */
  readonly longest: number;
  /** The lines of the source with their tabs: a Makefile needs them. */
  original(): readonly string[];
  readonly files: CodeFile[];
  /** The text of the last paragraph or heading. */
  before?: string;
}

/** What rendering a block needs to know besides its tokens. */
interface BlockContext {
  /** The lines of the source. */
  readonly lines: readonly string[];
  /** What the definitions of references lead to, by label. */
  readonly references: ParsedMarkdown['references'];
  /** The lists that are open, the innermost last: the number of the next item, or `undefined` for bullets. */
  readonly lists: (number | undefined)[];
  /** How to end each quote that is open. */
  readonly quotes: (() => void)[];
  /** The addresses that links of this document lead to. */
  readonly linked: ReadonlySet<string>;
  readonly code: CodeContext;
}

const BULLETS = ['• ', '◦ ', '▪ '];
/** Nesting is shown this deep: a phone has no room for more. */
const MAX_SHOWN_DEPTH = 5;

type Handler = (writer: TextWriter, token: Token, context: BlockContext) => void;

const breakParagraph: Handler = (writer) => writer.breakParagraph();

const HANDLERS: Readonly<Record<string, Handler>> = {
  inline: (writer, token, { code }) => {
    code.before = token.content;
    renderInline(writer, token.children ?? []);
  },
  paragraph_close: (writer, token) => (token.hidden ? writer.breakLine() : writer.breakParagraph()),
  heading_open: (writer) => writer.open('bold'),
  heading_close: (writer) => {
    writer.close('bold');
    writer.breakParagraph();
  },
  hr: (writer) => {
    writer.write('———');
    writer.breakParagraph();
  },
  fence: renderFence,
  code_block: (writer, token, context) => {
    if (!isFile(token, context)) writer.writePre(withoutLastBreak(token.content));
    else writer.write(`📎 ${keepFile(token, token.content, context)}`);
    writer.breakParagraph();
  },
  math_block: (writer, token) => writer.writePre(token.content, 'latex'),
  bullet_list_open: (_writer, _token, context) => context.lists.push(undefined),
  ordered_list_open: (_writer, token, context) => context.lists.push(Number(attribute(token, 'start') || 1)),
  bullet_list_close: (writer, _token, context) => leaveList(writer, context),
  ordered_list_close: (writer, _token, context) => leaveList(writer, context),
  list_item_close: (writer) => {
    writer.leaveIndent();
    writer.breakLine();
  },
  blockquote_open: (writer, _token, context) => enterQuote(writer, context, 'blockquote'),
  blockquote_close: leaveQuote,
  details_open: (writer, _token, context) => enterQuote(writer, context, 'expandable_blockquote'),
  details_close: leaveQuote,
  summary_open: (writer) => writer.open('bold'),
  summary_close: (writer) => {
    writer.close('bold');
    writer.breakLine();
  },
  reference_definition: renderDefinition,
  table_close: breakParagraph,
};

/** Writes the block that begins at `index` and gives back the index after what it used. */
export function renderBlock(
  writer: TextWriter,
  tokens: readonly Token[],
  index: number,
  context: BlockContext,
): number {
  const token = tokens[index];
  if (!token) return index + 1;
  if (token.type === 'table_open') {
    let end = index;
    while (end < tokens.length && tokens[end]?.type !== 'table_close') end += 1;
    const source = token.meta?.isHtml ? [] : sourceOf(token, context);
    renderTable(writer, tokens.slice(index, end), source, { renderInline, inlineText, holdsLink });
    return end;
  }
  if (token.type === 'list_item_open') return enterItem(writer, tokens, index, context);
  HANDLERS[token.type]?.(writer, token, context);
  return index + 1;
}

function renderFence(writer: TextWriter, token: Token, context: BlockContext): void {
  const info = token.info.trim();
  const language = /^[\w+#.-]{1,32}(?=\s|$)/.exec(info)?.[0];
  const rest = info.slice(language?.length ?? 0).trim();
  const code = withoutLastBreak(token.content);
  if (isFile(token, context)) {
    writer.write(`📎 ${keepFile(token, originalOf(token, context), context)}`);
    writer.breakParagraph();
    return;
  }
  // What follows the language may be a file name, or the answer itself if it was written on the line of the fence.
  if (rest !== '') {
    writer.write(code.trim() === '' ? info : rest);
    writer.breakParagraph();
  }
  if (code.trim() !== '') writer.writePre(code, language);
}

function isFile({ content }: Token, { code }: BlockContext): boolean {
  return withoutLastBreak(content).length > code.longest;
}

/** Keeps a code block as a file, and gives back the file's name. */
function keepFile({ info }: Token, content: string, { code }: BlockContext): string {
  const [language = '', ...more] = info.trim().split(/\s+/);
  const taken = new Set(code.files.map(({ name }) => name));
  const block = { language, info: more.join(' '), before: code.before ?? '', code: content };
  const name = nameCodeFile(block, code.files.length + 1, taken);
  code.files.push({ name, content });
  delete code.before;
  return name;
}

/** A fence's code as it was written, if it stands at the margin; else as the parser took it out of its list or quote. */
function originalOf({ content, map, level }: Token, { code, lines }: BlockContext): string {
  const first = map?.[0] ?? 0;
  if (level > 0 || /^ /.test(lines[first] ?? '')) return content;
  // The last line of one that is not closed may have no break.
  const count = withoutLastBreak(content).split('\n').length;
  return code
    .original()
    .slice(first + 1, first + 1 + count)
    .map((line) => `${line}\n`)
    .join('');
}

function withoutLastBreak(code: string): string {
  return code.endsWith('\n') ? code.slice(0, -1) : code;
}

/** Begins an item with its bullet, number or check box. */
function enterItem(writer: TextWriter, tokens: readonly Token[], index: number, context: BlockContext): number {
  const depth = context.lists.length;
  const number = context.lists[depth - 1];
  const box = takeCheckBox(tokens.slice(index, index + 3));
  if (number !== undefined) context.lists[depth - 1] = number + 1;
  const bullet = BULLETS[Math.min(depth, BULLETS.length) - 1] ?? '';
  const marker = (number === undefined ? (box ?? bullet) : `${number}. ${box ?? ''}`) || bullet;
  writer.enterIndent(marker, depth > MAX_SHOWN_DEPTH ? '' : '   ');
  return index + 1;
}

/** Takes `[ ]` or `[x]` off the beginning of an item and gives back the box to show for it. */
function takeCheckBox(tokens: readonly Token[]): string | undefined {
  const text = tokens[1]?.type === 'paragraph_open' ? tokens[2]?.children?.[0] : undefined;
  const mark = text?.type === 'text' ? /^\[([ xX])\](\s+|$)/.exec(text.content) : null;
  if (!text || !mark) return undefined;
  text.content = text.content.slice(mark[0].length);
  return mark[1] === ' ' ? '☐ ' : '☑ ';
}

function leaveList(writer: TextWriter, context: BlockContext): void {
  context.lists.pop();
  if (context.lists.length === 0) writer.breakParagraph();
}

/** Quotes may not be nested: only the outermost is an entity, those in it are marked as in mail. */
function enterQuote(writer: TextWriter, { quotes }: BlockContext, type: QuoteType): void {
  if (quotes.length === 0) {
    quotes.push(writer.enterQuote(type));
    return;
  }
  const mark = quotes.length > MAX_SHOWN_DEPTH ? '' : '> ';
  writer.enterIndent(mark, mark);
  quotes.push(() => writer.leaveIndent());
}

function leaveQuote(writer: TextWriter, _token: Token, { quotes }: BlockContext): void {
  quotes.pop()?.();
  writer.breakParagraph();
}

function renderDefinition(writer: TextWriter, token: Token, context: BlockContext): void {
  const address = context.references[String(token.meta?.label)]?.href;
  if (address !== undefined && context.linked.has(address)) return;
  writer.write(sourceOf(token, context).join('\n'));
  writer.breakParagraph();
}

/** The lines that a block was written on, without the marks of the quotes around it. */
function sourceOf(token: Token, context: BlockContext): string[] {
  const [start, end] = token.map ?? [0, 0];
  return context.lines.slice(start, end).map((line) => line.replace(/^[\s>]+/, ''));
}
