/** What a message of the bot says about a message of a person. */
export interface ReadReply {
  /** It says of itself that it may have been shown before. */
  readonly marked: boolean;
  /**
   * `note`: what Claude said before its answer · `answer`: the message was handled · `failure`: it visibly was not ·
   * `other`: nothing about a certain message.
   */
  readonly says: 'note' | 'answer' | 'failure' | 'other';
  /** The message, where the text names it. */
  readonly id: string | undefined;
}

const MARK = '(resent after restart)';
const NAMED = /^(Note|Answer) ([a-z]\w*-\d+)\.$/;
const CREATED = /^Session '([a-z]\w*)' created\.$/;
/** How the notices begin that end a message without an answer. */
const FAILURES = ['⚠️', 'Interrupted.', 'Claude finished without saying anything.', 'This message could not be handled'];

/** Reads a text of the bot. Pure. */
export function readReply(text: string): ReadReply {
  const marked = text.startsWith(MARK);
  const bare = marked ? text.slice(MARK.length).trimStart() : text;
  const [, word, id] = NAMED.exec(bare) ?? [];
  if (id !== undefined) return { marked, says: word === 'Answer' ? 'answer' : 'note', id };
  const [, session] = CREATED.exec(bare) ?? [];
  if (session !== undefined) return { marked, says: 'answer', id: `${session}-0` };
  return { marked, says: FAILURES.some((start) => bare.startsWith(start)) ? 'failure' : 'other', id: undefined };
}
