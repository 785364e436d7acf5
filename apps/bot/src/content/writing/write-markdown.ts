import { fenced } from '@signalbox/contracts';
import { type MarkedText, readEntities } from './entity.ts';
import { nestEntities, type Piece } from './nest-entities.ts';
import { quoted } from './quoted.ts';

/**
 * A text of a person as Markdown. Without formatting it is the text, to the letter; with it, only what is formatted changes, and only
 * there something is escaped.
 */
export function writeMarkdown(marked: MarkedText): string {
  const pieces = nestEntities(marked);
  const { text } = marked;
  return pieces.length === 0 ? text : writeRange({ text, start: 0, end: text.length, pieces, guards: [] });
}

/** The same for a text and its entities as the Bot API writes them. */
export function written(text: string, entities: unknown): string {
  return writeMarkdown({ text, entities: readEntities(entities) });
}

/** A stretch of the text with the pieces in it. `guards`: what would end one of the marks that it stands between. */
interface Range {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly Piece[];
  readonly guards: readonly string[];
}

/** A part of what is written. Blocks stand on lines of their own. */
interface Chunk {
  readonly as: 'text' | 'pre' | 'quote';
  readonly text: string;
}

function writeRange({ text, start, end, pieces, guards }: Range): string {
  const chunks: Chunk[] = [];
  let at = start;
  for (const piece of pieces) {
    // What lies within the piece before it was written there.
    if (piece.start < at) continue;
    chunks.push({ as: 'text', text: escapeFor(guards, text.slice(at, piece.start)) });
    const inner = pieces.filter((other) => other !== piece && piece.start <= other.start && other.end <= piece.end);
    chunks.push(writePiece(piece, { text, start: piece.start, end: piece.end, pieces: inner, guards }));
    at = piece.end;
  }
  chunks.push({ as: 'text', text: escapeFor(guards, text.slice(at, end)) });
  return join(chunks.filter((chunk) => chunk.text !== ''));
}

function join(chunks: readonly Chunk[]): string {
  return chunks.reduce((before, chunk, index) => before + gapBetween(chunks[index - 1], chunk) + chunk.text, '');
}

/** What follows a block begins a line, and behind a quote a paragraph: it would belong to it otherwise. */
function gapBetween(before: Chunk | undefined, next: Chunk): string {
  if (!before || (before.as === 'text' && next.as === 'text')) return '';
  const needed = before.as === 'quote' ? 2 : 1;
  const [ends = ''] = /\n*$/.exec(before.text) ?? [];
  const [begins = ''] = /^\n*/.exec(next.text) ?? [];
  return '\n'.repeat(Math.max(0, needed - ends.length - begins.length));
}

function writePiece(piece: Piece, range: Range): Chunk {
  const { form } = piece;
  const own = range.text.slice(range.start, range.end);
  if (form.as === 'pre') return { as: 'pre', text: fenced(own.replace(/^\n+|\s+$/g, ''), languageOf(piece)) };
  if (form.as === 'quote') return { as: 'quote', text: quoted(writeRange(range).trim()) };
  return { as: 'text', text: writeInline(piece, range) };
}

function languageOf({ language = '' }: Piece): string {
  return /^[^\s`]{1,40}$/.test(language) ? language : '';
}

/** Marks take no blanks at their ends: these stay outside. */
function writeInline(piece: Piece, range: Range): string {
  const own = range.text.slice(range.start, range.end);
  const before = own.length - own.trimStart().length;
  const after = own.length - own.trimEnd().length;
  const inner = { ...range, start: range.start + before, end: range.end - after };
  const clipped = inner.pieces.map((each) => ({
    ...each,
    start: Math.max(each.start, inner.start),
    end: Math.min(each.end, inner.end),
  }));
  return own.slice(0, before) + mark(piece, { ...inner, pieces: clipped }) + own.slice(own.length - after);
}

function mark(piece: Piece, range: Range): string {
  const { form, address, note } = piece;
  const within = (guard?: string) => writeRange(guard ? { ...range, guards: [...range.guards, guard] } : range);
  const own = range.text.slice(range.start, range.end);
  switch (form.as) {
    case 'code':
      return inlineCode(own);
    case 'wrap':
      return form.open + within(GUARDS[form.open]) + form.close;
    case 'italic': {
      const sign = italicSign(range);
      return sign + within(GUARDS[sign]) + sign;
    }
    case 'note':
      return note === undefined ? within() : `${within()} (${note})`;
    default:
      return address === undefined || address === own ? within() : writeLink(within(LINK), own, address, note);
  }
}

/** What would end a mark from within, by the mark. */
const GUARDS: Readonly<Record<string, string>> = {
  '**': '\\*',
  '*': '\\*',
  _: '(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])',
  '~~': '~~',
  '||': '\\|\\|',
  '==': '==',
};
const LINK = '[\\[\\]]';

/** Inside of a word an underscore is no mark. */
function italicSign({ text, start, end }: Range): string {
  const around = [text.slice(0, start).at(-1) ?? '', text.charAt(end)];
  return around.some((each) => /[\p{L}\p{N}_]/u.test(each)) ? '*' : '_';
}

function inlineCode(code: string): string {
  const runs = [...code.matchAll(/`+/g)].map(([run]) => run.length);
  let ticks = '`';
  while (runs.includes(ticks.length)) ticks += '`';
  const room = code.startsWith('`') || code.endsWith('`') ? ' ' : '';
  return ticks + room + code + room + ticks;
}

function writeLink(text: string, own: string, address: string, note: string | undefined): string {
  const safe = address.replace(/[<>\s]/g, (each) => encodeURIComponent(each));
  const target = /[()]/.test(safe) || safe !== address ? `<${safe}>` : safe;
  const title = note === undefined || own.includes(note) ? '' : ` "${note.replace(/["\\\s]+/g, ' ')}"`;
  return `[${text}](${target}${title})`;
}

/** What a person typed is theirs: only between marks something is escaped. */
function escapeFor(guards: readonly string[], text: string): string {
  if (guards.length === 0) return text;
  const plain = text.replace(/\\(?=[!-/:-@[-`{-~])/g, '\\\\');
  return plain.replace(new RegExp(guards.join('|'), 'gu'), (found) => `\\${found}`);
}
