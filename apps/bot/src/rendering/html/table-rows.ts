/** A cell: its content is what stands between its two tags. */
interface HtmlCell {
  readonly content: string;
  readonly align: 'left' | 'center' | 'right';
}

/** More columns than this are no table that a person wrote. */
const MOST_COLUMNS = 30;
/** What makes a table of lines and columns. */
const PART = /<(\/?)(thead|tbody|tfoot|tr|th|td)((?:\s[^<>]*)?)>/gi;
/** What a cell of one line cannot hold, and titles and widths of columns. */
const NOT_SIMPLE =
  /<(?:table|caption|col|colgroup|ul|ol|dl|pre|blockquote|div|details|hr)[\s/>]|(?:col|row)span\s*=\s*["']?[^1"'\s]/i;

interface Row {
  readonly cells: HtmlCell[];
  isHead: boolean;
}

/**
 * The rows of a table, the first one its header (of empty cells if the table has none); `undefined` if it is not simple: cells that span
 * others, blocks in a cell, text beside the cells. `html` is what stands between its two tags.
 */
export function tableRows(html: string): readonly (readonly HtmlCell[])[] | undefined {
  const source = html.replace(/<!--[\s\S]*?-->/g, '');
  if (NOT_SIMPLE.test(source)) return undefined;
  const rows = readRows(source)?.filter(({ cells }) => cells.length > 0);
  const columns = Math.max(0, ...(rows ?? []).map(({ cells }) => cells.length));
  if (!rows || columns === 0 || columns > MOST_COLUMNS) return undefined;
  const head = rows[0]?.isHead
    ? []
    : [Array.from({ length: columns }, (): HtmlCell => ({ content: '', align: 'left' }))];
  return [...head, ...rows.map(({ cells }) => cells)];
}

/** The rows in their order; `undefined` if something stands beside the cells. */
function readRows(source: string): Row[] | undefined {
  const rows: Row[] = [];
  let cell: { attributes: string } | undefined;
  let at = 0;
  const take = (text: string): boolean => {
    if (cell) rows.at(-1)?.cells.push({ content: text, align: alignOf(cell.attributes) });
    const isNothing = cell !== undefined || text.trim() === '';
    cell = undefined;
    return isNothing;
  };
  for (const { 0: tag, 1: slash, 2: part = '', 3: attributes = '', index } of source.matchAll(PART)) {
    if (!take(source.slice(at, index))) return undefined;
    at = index + tag.length;
    const name = part.toLowerCase();
    if (slash === '/') continue;
    if (name === 'tr') rows.push({ cells: [], isHead: true });
    if (name !== 'td' && name !== 'th') continue;
    const row = rows.at(-1);
    if (!row) return undefined;
    if (name === 'td') row.isHead = false;
    cell = { attributes };
  }
  return take(source.slice(at)) ? rows : undefined;
}

function alignOf(attributes: string): HtmlCell['align'] {
  const [, align = 'left'] = /(?:align\s*=\s*["']?|text-align\s*:\s*)(center|right)\b/i.exec(attributes) ?? [];
  return align.toLowerCase() as HtmlCell['align'];
}
