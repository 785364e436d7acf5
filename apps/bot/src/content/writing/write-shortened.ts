import { leftOut, middleOf } from '@signalbox/contracts';
import type { MarkedText } from './entity.ts';
import { writeMarkdown } from './write-markdown.ts';

/** A text as Markdown; of one with more than `most` UTF-16 units the middle is left out, which is said. Nothing is cut through. */
export function writeShortened({ text, entities }: MarkedText, most: number): string {
  const middle = middleOf(text, most);
  if (!middle) return writeMarkdown({ text, entities });
  const { to, from } = middle;
  const beginning = writeMarkdown({ text: text.slice(0, to), entities });
  const end = writeMarkdown({
    text: text.slice(from),
    entities: entities
      .filter((each) => each.end > from)
      .map((each) => ({ ...each, start: Math.max(0, each.start - from), end: each.end - from })),
  });
  return beginning.trimEnd() + leftOut(from - to) + end.trimStart();
}
