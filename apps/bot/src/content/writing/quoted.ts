/** Markdown as a quotation. */
export function quoted(markdown: string): string {
  return markdown.replace(/^(.?)/gm, (_, first: string) => (first === '' ? '>' : `> ${first}`));
}
