import type { Token } from 'markdown-it';

/** Markdown as a flat stream of blocks. `lines` are what the tokens' `map` counts. */
export interface ParsedMarkdown {
  readonly tokens: readonly Token[];
  readonly lines: readonly string[];
  /** What the definitions of references lead to, by normalised label. */
  readonly references: Readonly<Record<string, { readonly href: string }>>;
  /** Nested so deep that the parser skipped a part: the tokens must not be used. */
  readonly isTooDeep: boolean;
}

/** An attribute of a token; empty if it has none. */
export function attribute(token: Token | undefined, name: string): string {
  return String(token?.attrGet(name) ?? '');
}
