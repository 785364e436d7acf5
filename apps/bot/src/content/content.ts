import type { FileRef } from '@signalbox/contracts';

/** What a message holds: a text, files, both, or what of it is refused. */
export interface Content {
  /** As it was typed, or the words for what was sent. */
  readonly text: string;
  /** The same with its formatting, as Markdown. */
  readonly markdown: string;
  readonly files: readonly FileRef[];
  /** What of it cannot be passed on, in a person's words. */
  readonly refused?: string;
}

/** A message of which any field may be there. */
export type AnyMessage = Readonly<Record<string, unknown>>;
