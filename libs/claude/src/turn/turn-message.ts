/** A part of a message. Images are base64 without a data: prefix. */
export type ContentBlock =
  | { type: 'text'; text: string }
  | { type: 'image'; source: { type: 'base64'; media_type: string; data: string } };

/** A message for Claude. */
export interface TurnMessage {
  /**
   * A UUID that is the same whenever this message is sent again. It becomes the id of the transcript's row, and the CLI
   * runs a message once per uuid (measured on 2.1.329).
   */
  uuid: string;
  content: string | ContentBlock[];
  /** The text is a command of the CLI's own, e.g. `/compact`, and is to be run as one. */
  isCommand?: boolean;
}

/**
 * The line that hands a message to the CLI (measured on 2.1.329).
 *
 * `client_composed`: the text reaches the model as it is; without it `/clear` would be run and `@/etc/passwd` read.
 * `priority: 'later'`: always a turn of its own. The default folds a message into a background task's turn that happens
 * to run; it then has no row of its own, and neither a `result` nor a recovery names it.
 */
export function messageLine(message: TurnMessage): object {
  return {
    type: 'user',
    message: { role: 'user', content: message.content },
    parent_tool_use_id: null,
    session_id: '',
    uuid: message.uuid,
    priority: 'later',
    client_composed: !message.isCommand,
  };
}
