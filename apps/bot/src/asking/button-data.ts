import { createHash } from 'node:crypto';
import { type Act, actSchema, type Button } from '@signalbox/contracts';

/** A button that was pressed: the word of its message, and the mark of what it does. */
export interface ButtonName {
  readonly word: string;
  readonly mark: string;
}

/** What Telegram sends when a button is pressed, at most 64 bytes. It names what the button does: its place may be another's by then. */
export function buttonDataOf(word: string, act: Act): string {
  return `q:${word}:${markOf(act)}`;
}

/** Reads what a button sent; `undefined` if it is none of ours. */
export function readButtonData(data: string | undefined): ButtonName | undefined {
  const [, word, mark] = /^q:([\w-]{24}):([\w-]{12})$/.exec(data ?? '') ?? [];
  return word === undefined || mark === undefined ? undefined : { word, mark };
}

/** The button that is meant; `undefined` if the message no longer has it. */
export function findButton(rows: readonly (readonly Button[])[], mark: string): Button | undefined {
  return rows.flat().find(({ act }) => markOf(act) === mark);
}

function markOf(act: Act): string {
  // Read by the schema, so that the order of its keys is the same whoever made it.
  return createHash('sha256')
    .update(JSON.stringify(actSchema.parse(act)))
    .digest('base64url')
    .slice(0, 12);
}
