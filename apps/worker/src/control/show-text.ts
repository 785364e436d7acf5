import type { Shown } from '../wording/shown.ts';

/** Words without any form. */
export function text(words: string): Shown {
  return { kind: 'text', text: words };
}

/** Words of code within a line of Markdown, whatever is in them. */
export function code(words: string): string {
  return `\`${words.replaceAll('`', "'")}\``;
}
