/** A command as it was typed. `to`: the bot it names, as in `/help@some_bot`. */
export interface TypedCommand {
  readonly name: string;
  readonly to: string | undefined;
  /** The words behind it. */
  readonly args: readonly string[];
  /** All that stands behind it, as it was written. */
  readonly rest: string;
  /** The message that it replies to. */
  readonly repliesTo?: number | undefined;
}

/** Reads a command; `undefined` for plain text, to which paths such as `/etc/hosts` belong. */
export function parseCommand(text: string): TypedCommand | undefined {
  const match = /^\/([a-z][a-z0-9_]{0,31})(?:@(\w+))?(?:\s+([\s\S]*))?$/i.exec(text.trim());
  if (!match) return undefined;
  const [, name = '', to, rest = ''] = match;
  return { name: name.toLowerCase(), to, args: rest.split(/\s+/).filter(Boolean), rest };
}
