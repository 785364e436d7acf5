/**
 * Drives the Claude Code CLI over stdio: one warm process per session, one message at a time, and a message that a
 * crash cut short is continued rather than run again. The folders follow a process's life:
 * find → fence → start → process (the talk, its stop and its end) → control/turn/stream; transcript after a crash.
 */

export type { McpServer } from './control/answer-mcp.ts';
export type { OfferedModel } from './control/control-desk.ts';
export {
  type OnPermission,
  type PermissionAnswer,
  type PermissionRequest,
  RequestWithdrawn,
} from './control/permission.ts';
export { ClaudeError } from './errors/claude-error.ts';
export { killStaleProcesses } from './fence/kill-stale-processes.ts';
export { createProcessLister, type ListProcesses } from './fence/list-processes.ts';
export { markerValue, markerVariable } from './fence/marker.ts';
export { claudeCommand, shellWord } from './find/claude-command.ts';
export { claudeVersion } from './find/claude-version.ts';
export { findClaude } from './find/find-claude.ts';
export { copyConversation } from './history/copy-conversation.ts';
export type { PastTurn } from './history/fold-turns.ts';
export { keepCopy, readKeptHistory, restoreCopy } from './history/keep-copy.ts';
export { findLoss, type HistoryLoss, readCompaction, readHistory } from './history/read-history.ts';
export { serveTools, type Tool, type ToolOutcome } from './mcp/serve-tools.ts';
export type { BackgroundWork } from './process/callbacks.ts';
export type { ClaudeProcess, StopOptions } from './process/claude-process.ts';
export { launchSettings } from './start/build-arguments.ts';
export { environmentNames } from './start/build-environment.ts';
export type { ClaudeEnvironment, ClaudeOptions, PermissionMode } from './start/options.ts';
export { startClaude } from './start/start-claude.ts';
export { type ToolOutput, tailTools } from './tools/tail-tools.ts';
export { keepsConversation } from './transcript/conversation.ts';
export { exportConversation } from './transcript/fold-conversation.ts';
export { type OpenTool, readOpenTools } from './transcript/fold-open-tools.ts';
export type { ToolUse, TranscriptTurn } from './transcript/fold-turn.ts';
export { lookAtTurn } from './transcript/look-at-turn.ts';
export { TOOL_CONTENT_LIMIT } from './turn/describe-line.ts';
export type { TurnEvent } from './turn/turn-event.ts';
export type { ContentBlock } from './turn/turn-message.ts';
export type { TurnOutcome } from './turn/turn-outcome.ts';
