/** What people are told, by what went wrong. */
const ADVICE = {
  'missing-binary':
    'Claude Code is not installed where the worker looks; install it with `npm install -g @anthropic-ai/claude-code` or set CLAUDE_BIN to its path.',
  'missing-directory': "The session's directory is gone; create it again or start a new session.",
  'fence-failed':
    "An earlier Claude process of this session cannot be ended; end it on the worker's machine and send the message again.",
  'start-failed': 'Claude Code did not start; the worker’s log has its message.',
  'unsupported-version':
    'This version of Claude Code lacks something that is needed; install the one the documentation names, or set CLAUDE_BIN to it.',
  'bypass-refused':
    'Claude Code refuses to bypass permissions as root; run the worker as another user, or set IS_SANDBOX=1 if this machine is a sandbox.',
  'session-in-use': 'Claude already has a conversation with this id; /clear begins a new one.',
  'session-not-found': "Claude has no record of this session's conversation on this machine; /clear begins a new one.",
  exited: 'Claude Code ended unexpectedly; send the message again to continue where it stopped.',
  stopped: 'Claude Code was stopped; send the message again to continue where it stopped.',
  silent: 'Claude gave no sign of life and was interrupted; what it did until then is kept.',
  'not-logged-in':
    "Claude is not logged in on the worker's machine; run `{claude}` there and log in, or set ANTHROPIC_API_KEY or CLAUDE_CODE_OAUTH_TOKEN.",
  'invalid-credentials':
    "Claude's credentials are refused; check ANTHROPIC_API_KEY or CLAUDE_CODE_OAUTH_TOKEN, or log in again with `{claude}` on the worker's machine.",
  billing: "The account's credit or plan does not cover this; check its billing page.",
  'unknown-model':
    'The model does not exist or this account may not use it; /model shows what there is, and chooses another one.',
  'rate-limited': "Claude's usage limit is reached; try again later.",
  overloaded: 'Claude is overloaded at the moment; try again in a few minutes.',
  unreachable: "The worker cannot reach Claude's API; check its network and ANTHROPIC_BASE_URL.",
  'context-full':
    "The conversation no longer fits Claude's context; /compact replaces it by a summary, /rewind goes back to before a message, /clear begins a new one.",
  'request-refused':
    "Claude's API refuses this conversation as it stands; try again, and if it stays: /rewind goes back to before a message, /clear begins a new one.",
  'api-error': "Claude's API answered with an error; try again, and look at the worker's log if it stays.",
  'max-turns':
    "Claude used all the steps its persona allows for one message; say 'continue', or raise max_turns in the persona.",
  budget: 'The budget of this message is used up; say `continue`, or raise the budget.',
  'not-continued': 'Claude did not go on with this message after a restart; send it again as a new message.',
  'output-too-large': 'Claude printed something too large to read; ask for the result in a file instead.',
} as const satisfies Record<string, string>;

/** What went wrong, for code to decide on. The sentence for a person is `adviceFor`. */
export type ClaudeErrorCode = keyof typeof ADVICE;

/**
 * One sentence for a person in the chat: what happened in plain words, and what to do about it.
 * @param claude what starts the CLI at a shell of that machine
 */
export function adviceFor(code: ClaudeErrorCode, claude: string, retryAt?: number): string {
  if (code === 'rate-limited' && retryAt !== undefined) {
    return `Claude's usage limit is reached; it opens again at ${new Date(retryAt).toISOString().slice(0, 16).replace('T', ' ')} UTC.`;
  }
  return ADVICE[code].replaceAll('{claude}', claude);
}
