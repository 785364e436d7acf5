import { createHash } from 'node:crypto';
import { type Act, actSchema, type MenuButton } from '@signalbox/contracts';

/** A button that was pressed: the word of its message, and what names it there. */
export interface ButtonName {
  readonly word: string;
  /** What it does; `undefined` for a button of the version before, which tells its place instead. */
  readonly mark?: string;
  readonly index?: number;
}

/** What Telegram sends when a button is pressed, at most 64 bytes. It names what the button does: its place may be another's by then. */
export function buttonDataOf(word: string, act: Act): string {
  return `q:${word}:${markOf(act)}`;
}

/** Reads what a button sent; `undefined` if it is none of ours. */
export function readButtonData(data: string | undefined): ButtonName | undefined {
  const [, word, mark, index] = /^q:([\w-]{24}):(?:([\w-]{12})|(\d{1,3}))$/.exec(data ?? '') ?? [];
  if (word === undefined) return undefined;
  return mark === undefined ? { word, index: Number(index) } : { word, mark };
}

/** The button that is meant, with its place; `undefined` if the message no longer has it. */
export function findButton(
  rows: readonly (readonly MenuButton[])[],
  { mark, index }: ButtonName,
): { button: MenuButton; index: number } | undefined {
  const buttons = rows.flat();
  const at = mark === undefined ? (index ?? -1) : buttons.findIndex(({ act }) => markOf(act) === mark);
  const button = buttons[at];
  // In a list that changes a place says nothing.
  const isUnsure = mark === undefined && (button?.act.do === 'stop' || button?.act.do === 'run-next');
  return button && !isUnsure ? { button, index: at } : undefined;
}

function markOf(act: Act): string {
  // Read by the schema, so that the order of its keys is the same whoever made it.
  return createHash('sha256')
    .update(JSON.stringify(actSchema.parse(act)))
    .digest('base64url')
    .slice(0, 12);
}
