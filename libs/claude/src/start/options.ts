import type { ListProcesses } from '../fence/list-processes.ts';
import type { ClaudeCallbacks } from '../process/callbacks.ts';
import type { Conversation } from '../transcript/conversation.ts';

/** What Claude may do unasked, in the CLI's words. */
export type PermissionMode = 'default' | 'acceptEdits' | 'plan' | 'bypassPermissions' | 'dontAsk';

/** All that Claude's process may know of the outside. Anything else in the object is left out. */
export interface ClaudeEnvironment {
  PATH: string;
  HOME: string;
  LANG?: string | undefined;
  LC_ALL?: string | undefined;
  TZ?: string | undefined;
  USER?: string | undefined;
  LOGNAME?: string | undefined;
  SHELL?: string | undefined;
  TMPDIR?: string | undefined;
  HTTP_PROXY?: string | undefined;
  HTTPS_PROXY?: string | undefined;
  NO_PROXY?: string | undefined;
  NODE_EXTRA_CA_CERTS?: string | undefined;
  SSL_CERT_FILE?: string | undefined;
  ANTHROPIC_API_KEY?: string | undefined;
  ANTHROPIC_BASE_URL?: string | undefined;
  CLAUDE_CODE_OAUTH_TOKEN?: string | undefined;
  /** `1` lets root use `bypassPermissions`; only the operator can know. */
  IS_SANDBOX?: string | undefined;
}

/** The program, and what it is told when it starts. */
export interface LaunchOptions {
  /** Path of the CLI, from `findClaude`. */
  binary: string;
  /** Claude's working directory. Its `CLAUDE.md` and `.claude/rules` are read, its settings and hooks are not. */
  cwd: string;
  /** Where Claude keeps what it wants to remember beyond a conversation. Default: the CLI's own, which directories of like names share. */
  memoryDir?: string | undefined;
  /** Further directories Claude may work in. */
  addDirs?: readonly string[] | undefined;
  model?: string | undefined;
  /** How hard the model thinks: low, medium, high, xhigh or max. */
  effort?: string | undefined;
  /** Added to Claude Code's own system prompt. */
  systemPrompt?: string | undefined;
  /** Most model requests for one message. */
  maxTurns?: number | undefined;
  /** `{mcpServers: {…}}`. No other MCP server is used. */
  mcpConfig?: Record<string, unknown> | undefined;
}

/** What Claude may do without asking, and never. */
export interface RightsOptions {
  permissionMode: PermissionMode;
  /** Permission rules, e.g. `Bash(git log *)`. */
  allowedTools?: readonly string[] | undefined;
  disallowedTools?: readonly string[] | undefined;
}

/** What makes sure that nobody else acts for the session, and that a message that was cut off is gone on with. */
interface TakeOverOptions {
  /** Unique per session (and per sessions directory): the fence kills every process that carries it. */
  marker: string;
  /**
   * The uuid of the message that was in flight when this session's last process ended, if there is one. The process
   * continues it when its transcript has it unfinished; `runTurn` must then be called with that message first.
   */
  inFlightUuid?: string | undefined;
  /**
   * Awaited before anything of the session is ended, and right before the process is spawned: it rejects when the caller may no longer
   * act for the session, for instance because it was frozen and another took over. Nothing is ended or started then.
   */
  mayAct?: (() => Promise<void>) | undefined;
  /** Milliseconds between SIGTERM and SIGKILL for processes left over from before. Default 4,000. */
  fenceGraceMs?: number | undefined;
  /** How the processes of this machine are listed. Default: by a look of its own each time; see `createProcessLister`. */
  listProcesses?: ListProcesses | undefined;
  /** Let the kernel end the CLI when this process dies (util-linux `setpriv`, if PATH has it). Default true. */
  diesWithParent?: boolean | undefined;
}

/** How long and how much is put up with. */
interface LimitOptions {
  /** Breaks the start off, with the reason it is aborted for: what was spawned by then is ended. */
  signal?: AbortSignal | undefined;
  /** Most milliseconds from spawn to the answer that shows that the CLI is alive. Default 60,000. */
  startTimeoutMs?: number | undefined;
  /** Longest line of the CLI that is read, in bytes; a longer one is dropped and warned of. Default 32 MiB. */
  maxLineBytes?: number | undefined;
  /** How often the CLI itself repeats a failed API request, with back-off: 6 take about 40 s. Default 6. */
  maxApiRetries?: number | undefined;
}

/** All that `startClaude` takes. The conversation is resumed if it has a transcript, else created. */
export interface ClaudeOptions
  extends Conversation,
    LaunchOptions,
    RightsOptions,
    TakeOverOptions,
    LimitOptions,
    ClaudeCallbacks {
  environment: ClaudeEnvironment;
}
