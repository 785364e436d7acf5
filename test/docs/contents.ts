/** A page with more words than this begins with a table of contents. */
const MOST_WORDS = 1_500;

const HEADING = /^## (.+)$/gm;

/** The table of contents of a page, from its headings of the second level: one line of links, as GitHub names their targets. */
function contentsOf(page: string): string {
  const headings = [...withoutCode(page).matchAll(HEADING)].map(([, heading = '']) => heading);
  return `Contents: ${headings.map((heading) => `[${plain(heading)}](#${slugOf(heading)})`).join(' · ')}`;
}

/** The page with its table of contents before the first heading of the second level, if it is long enough to need one. */
export function withContents(page: string): string {
  if (wordsIn(page) <= MOST_WORDS) return page;
  const bare = page.replace(/^Contents: .*\n\n/m, '');
  const at = withoutCode(bare).search(/^## /m);
  return `${bare.slice(0, at)}${contentsOf(bare)}\n\n${bare.slice(at)}`;
}

/** How many words a page has, markup included: about what a reader sees. */
function wordsIn(page: string): number {
  return page.split(/\s+/).filter(Boolean).length;
}

/** What looks like a heading in code is none. The length stays. */
function withoutCode(page: string): string {
  return page.replace(/^```[\s\S]*?^```$/gm, (code) => code.replace(/[^\n]/g, ' '));
}

function plain(heading: string): string {
  return heading.replaceAll('`', '').replace(/[[\]]/g, '');
}

function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
