import { type Entity, FORMS, type Form, type MarkedText } from './entity.ts';

/** A stretch of text, or a piece of one that had to be cut. Any two are apart, or one is within the other. */
export interface Piece extends Entity {
  readonly form: Form;
}

/** From the outside in: a quote holds blocks of code, these hold nothing, code in a line holds nothing either. */
const LAYER: Record<Form['as'], number> = { quote: 0, pre: 1, wrap: 2, link: 2, italic: 2, note: 2, text: 2, code: 3 };
const [PRE, INLINE, CODE] = [LAYER.pre, LAYER.wrap, LAYER.code];

/**
 * The entities of a text so that they can be written one within the other, the outer one first: those that overlap are cut where the
 * other begins or ends. What lies outside the text is clipped, and halves of characters are made whole.
 */
export function nestEntities({ text, entities }: MarkedText): Piece[] {
  const pieces = entities.flatMap((entity) => pieceOf(entity, text)).sort(byLayer);
  const breaks = [...text.matchAll(/\n[ \t]*\n/g)].map(({ index }) => index);
  const nested: Piece[] = [];
  for (const piece of pieces)
    for (const part of cut(piece, cutsOf(piece, nested, breaks)))
      if (!isBlank(text, part) && !nested.some((outer) => holds(outer, part) && excludes(outer, part)))
        nested.push(part);
  return nested.sort((a, b) => a.start - b.start || b.end - a.end || layerOf(a) - layerOf(b));
}

function pieceOf(entity: Entity, text: string): Piece[] {
  const start = isInsideCharacter(text, entity.start) ? entity.start - 1 : entity.start;
  const end = Math.min(text.length, isInsideCharacter(text, entity.end) ? entity.end + 1 : entity.end);
  if (isBlank(text, { start, end })) return [];
  // Code of several lines is a block, however it was marked.
  const isBlock = entity.kind === 'code' && text.slice(start, end).trim().includes('\n');
  const form = FORMS[isBlock ? 'pre' : entity.kind];
  return form.as === 'text' ? [] : [{ ...entity, start, end, form }];
}

function isBlank(text: string, { start, end }: Pick<Piece, 'start' | 'end'>): boolean {
  return text.slice(start, end).trim() === '';
}

function isInsideCharacter(text: string, index: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, index - 1), index + 1));
}

function layerOf({ form }: Piece): number {
  return LAYER[form.as];
}

function byLayer(a: Piece, b: Piece): number {
  return layerOf(a) - layerOf(b) || a.start - b.start || b.end - a.end;
}

function holds(outer: Piece, inner: Piece): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Where a piece must be cut: at what is written outside it though it lies within, at what it overlaps, and between paragraphs. */
function cutsOf(piece: Piece, nested: readonly Piece[], breaks: readonly number[]): number[] {
  const layer = layerOf(piece);
  const others = nested.filter((other) => layerOf(other) < layer || layer === CODE || !holds(piece, other));
  const ends = others.flatMap(({ start, end }) => [start, end]);
  const all = layer >= INLINE ? [...ends, ...breaks] : ends;
  return [...new Set(all)].filter((at) => piece.start < at && at < piece.end).sort((a, b) => a - b);
}

function cut(piece: Piece, cuts: readonly number[]): Piece[] {
  return [...cuts, piece.end].map((end, index) => ({ ...piece, start: cuts[index - 1] ?? piece.start, end }));
}

/** Whether something within another says nothing more, or cannot be written there. */
function excludes(outer: Piece, inner: Piece): boolean {
  return (
    layerOf(outer) === PRE || outer.kind === inner.kind || (outer.form.as === inner.form.as && outer.form.as !== 'wrap')
  );
}
