import { type RunRecord, renderFigures } from './render-figures.ts';

const BEGIN = '<!-- The figures of the last recorded run. Written by `npm run faults -- --record`: do not edit. -->';
const END = '<!-- The end of the figures. -->';

/** The page with the figures of this run in the place of those it had. Throws if it has no place for them. Pure. */
export function withFigures(page: string, record: RunRecord): string {
  const [before, rest] = split(page, BEGIN);
  const [, after] = split(rest, END);
  return `${before}${BEGIN}\n\n${renderFigures(record)}\n\n${END}${after}`;
}

function split(text: string, mark: string): [before: string, after: string] {
  const at = text.indexOf(mark);
  if (at === -1) throw new Error(`docs/reliability.md: expected the line "${mark}", found none. Put it back.`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}
