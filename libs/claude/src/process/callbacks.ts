import type { McpServer } from '../control/answer-mcp.ts';
import type { OnPermission } from '../control/permission.ts';
import type { TurnEvent } from '../turn/turn-event.ts';

/** What a process is at although it has no message; see `ClaudeCallbacks.onBackground`. */
export type BackgroundWork = 'none' | 'task' | 'turn';

/** Whom a process asks and tells, whichever message it is at. */
export interface ClaudeCallbacks {
  /** A rejection counts as a denial that says so. */
  onPermission: OnPermission;
  /** Servers of tools inside this process, by name: their tools are `mcp__<name>__<tool>`. */
  mcpServers?: Readonly<Record<string, McpServer>> | undefined;
  /**
   * What Claude says and does with no message in flight: a background task ended and Claude has something to say.
   * A returned promise is waited for, as in `runTurn`.
   */
  onLate(event: TurnEvent): void | Promise<void>;
  /**
   * Told when background work begins and ends: `task` while a background task runs, `turn` while Claude is only at a turn of
   * its own because one has ended.
   */
  onBackground?(work: BackgroundWork): void;
  /** Something odd that is not an error of a turn. For a log; holds no credential. */
  onWarning?(warning: string): void;
}
