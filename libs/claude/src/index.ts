/**
 * Drives the Claude Code CLI over stdio: one warm process per session, one message at a time, and a message that a
 * crash cut short is continued rather than run again. The folders follow a process's life:
 * find → fence → start → stream/control → turn → transcript (after a crash) → process (its stop and its end).
 */

export type { McpServer } from './control/answer-mcp.ts';
export {
  type OnPermission,
  type PermissionAnswer,
  type PermissionRequest,
  RequestWithdrawn,
} from './control/permission.ts';
export { ClaudeError, type ClaudeErrorCode } from './errors/claude-error.ts';
export { type KillStaleOptions, killStaleProcesses } from './fence/kill-stale-processes.ts';
export { createProcessLister, type ListProcesses } from './fence/list-processes.ts';
export { markerValue, markerVariable } from './fence/marker.ts';
export { claudeVersion, testedVersion } from './find/claude-version.ts';
export { type FindClaudeOptions, type FoundClaude, findClaude } from './find/find-claude.ts';
export { serveTools, type Tool, type ToolOutcome } from './mcp/serve-tools.ts';
export type { ClaudeExit, ClaudeProcess, StopOptions, TurnOptions } from './process/claude-process.ts';
export { environmentNames } from './start/build-environment.ts';
export type { BackgroundWork, ClaudeEnvironment, ClaudeOptions, PermissionMode } from './start/options.ts';
export { startClaude } from './start/start-claude.ts';
export { type ToolOutput, tailTools } from './tools/tail-tools.ts';
export { copyConversation } from './transcript/copy-conversation.ts';
export { exportConversation } from './transcript/fold-conversation.ts';
export { type OpenTool, readOpenTools } from './transcript/fold-open-tools.ts';
export type { ToolUse, TranscriptTurn } from './transcript/fold-turn.ts';
export { lookAtTurn } from './transcript/look-at-turn.ts';
export { keepsConversation } from './transcript/read-past.ts';
export { TOOL_CONTENT_LIMIT } from './turn/describe-line.ts';
export type { RateLimit, TurnEvent } from './turn/turn-event.ts';
export type { ContentBlock, TurnMessage } from './turn/turn-message.ts';
export type { TurnOutcome, TurnUsage } from './turn/turn-outcome.ts';
