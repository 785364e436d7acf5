import {
  type BackgroundWork,
  type ClaudeProcess,
  type McpServer,
  type OnPermission,
  startClaude,
  type TurnEvent,
} from '@signalbox/claude';
import type { Log } from '@signalbox/service';
import type { Metadata, SessionPaths } from '@signalbox/sessions';
import { SEND_FILE } from '../wording/tool-names.ts';
import { prompts } from '../wording/words.ts';
import type { ClaudeSetup } from './claude-setup.ts';
import type { LaunchParameters } from './launch-parameters.ts';

/** Starts a session's Claude; whatever was alive of the session before is dead by then. Throws `ClaudeError`. */
export async function launchClaude(
  setup: ClaudeSetup,
  session: { readonly metadata: Metadata; readonly parameters: LaunchParameters; readonly paths: SessionPaths },
  hooks: {
    inFlightUuid: string | undefined;
    /** Breaks the start off. */
    signal: AbortSignal;
    onPermission: OnPermission;
    /** Rejects when the session is another's. */
    mayAct(): Promise<void>;
    onLate(event: TurnEvent): Promise<void>;
    onBackground(work: BackgroundWork): void;
    /** Tools of this worker, by the name of their server. */
    tools: Readonly<Record<string, McpServer>>;
    log: Log;
  },
): Promise<ClaudeProcess> {
  const { metadata, parameters, paths } = session;
  const process = await startClaude({
    binary: setup.binary,
    listProcesses: setup.listProcesses,
    environment: setup.environment,
    configDir: setup.configDir,
    cwd: metadata.directory ?? paths.workspace,
    marker: paths.dir,
    claudeSessionId: metadata.claudeSessionId,
    ...parameters,
    systemPrompt: [parameters.systemPrompt, prompts.files(paths.inbox)].join('\n\n').trim(),
    allowedTools: [...parameters.allowedTools, SEND_FILE],
    // Files that people send lie in the session's own directory wherever Claude works. What is remembered of another directory is
    // also for whoever works there at the desk.
    ...(metadata.directory === undefined ? { memoryDir: paths.memory } : { addDirs: [paths.workspace] }),
    mcpServers: hooks.tools,
    inFlightUuid: hooks.inFlightUuid,
    mayAct: hooks.mayAct,
    signal: hooks.signal,
    onPermission: hooks.onPermission,
    onLate: hooks.onLate,
    onBackground: hooks.onBackground,
    onWarning: (warning) => hooks.log.warn({ session: metadata.name }, warning),
  });
  setup.noteModels?.(process.models);
  return process;
}
