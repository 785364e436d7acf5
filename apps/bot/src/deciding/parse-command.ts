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

/** Directories that stand at the root of common systems: whoever writes one after a slash means it. */
const ROOT_DIRECTORIES = new Set(
  'bin boot data dev etc home lib lib64 media mnt nix opt proc root run sbin snap srv sys tmp usr var'.split(' '),
);
/** So many words behind the first make a sentence, and so does what ends as only sentences do. */
const WORDS_OF_A_SENTENCE = 2;
const ENDS_A_SENTENCE = /[.!?…。！？]$/u;

/**
 * What a word behind a slash that is no command of ours reads as: a `path`; the beginning of a `sentence`; or a `command` that was
 * mistyped. What names the bot is a command, whatever it looks like.
 */
export function readsAs({ name, to, args, rest }: TypedCommand): 'path' | 'sentence' | 'command' {
  if (to !== undefined) return 'command';
  if (ROOT_DIRECTORIES.has(name)) return 'path';
  return args.length >= WORDS_OF_A_SENTENCE || ENDS_A_SENTENCE.test(rest.trim()) ? 'sentence' : 'command';
}
