import {
  type BackgroundWork,
  type ClaudeEnvironment,
  type ClaudeProcess,
  type McpServer,
  type PermissionAnswer,
  type PermissionRequest,
  startClaude,
  type TurnEvent,
} from '@signalbox/claude';
import type { Log } from '@signalbox/service';
import {
  boundPermissionMode,
  type Metadata,
  type PermissionMode,
  type Persona,
  type SessionPaths,
} from '@signalbox/sessions';
import { SEND_FILE } from './files/send-file-tool.ts';
import { denials, prompts } from './words.ts';

/** What every Claude process of this worker has in common. */
export interface ClaudeSetup {
  readonly binary: string;
  readonly environment: ClaudeEnvironment;
  readonly configDir: string | undefined;
  /** The most that any persona may do. */
  readonly permissionMode: PermissionMode;
}

/** Starts a session's Claude; whatever was alive of the session before is dead by then. Throws `ClaudeError`. */
export function launchClaude(
  setup: ClaudeSetup,
  session: { metadata: Metadata; persona: Persona; paths: SessionPaths },
  turn: {
    inFlightUuid: string | undefined;
    /** Breaks the start off. */
    signal: AbortSignal;
    /** Rejects when the session is another's. */
    mayAct(): Promise<void>;
    onLate(event: TurnEvent): Promise<void>;
    onBackground(work: BackgroundWork): void;
    /** Tools of this worker, by the name of their server. */
    tools: Readonly<Record<string, McpServer>>;
    log: Log;
  },
): Promise<ClaudeProcess> {
  const { metadata, persona, paths } = session;
  const { settings } = persona;
  return startClaude({
    binary: setup.binary,
    environment: setup.environment,
    configDir: setup.configDir,
    cwd: paths.workspace,
    marker: paths.dir,
    claudeSessionId: metadata.claudeSessionId,
    systemPrompt: [persona.system_prompt, prompts.files(paths.inbox)].join('\n\n').trim(),
    model: settings.model,
    maxTurns: settings.max_turns,
    permissionMode: boundPermissionMode(settings.permission_mode, setup.permissionMode),
    allowedTools: [...(settings.allowed_tools ?? []), SEND_FILE],
    mcpServers: turn.tools,
    disallowedTools: settings.disallowed_tools,
    inFlightUuid: turn.inFlightUuid,
    mayAct: turn.mayAct,
    signal: turn.signal,
    onPermission: async (request) => deny(request),
    onLate: turn.onLate,
    onBackground: turn.onBackground,
    onWarning: (warning) => turn.log.warn({ session: metadata.name }, warning),
  });
}

/** Until the chat can ask, nothing beyond the permission mode is allowed. */
function deny(request: PermissionRequest): PermissionAnswer {
  return { behavior: 'deny', message: request.requiresUserInteraction ? denials.question : denials.tool };
}
