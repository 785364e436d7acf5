import {
  type BackgroundWork,
  type ClaudeEnvironment,
  type ClaudeProcess,
  type OnPermission,
  startClaude,
  type TurnEvent,
} from '@signalbox/claude';
import type { PermissionMode } from '@signalbox/contracts';
import type { Log } from '@signalbox/service';
import type { Metadata, SessionPaths } from '@signalbox/sessions';
import type { LaunchParameters } from './launch-parameters.ts';

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
  session: { metadata: Metadata; parameters: LaunchParameters; paths: SessionPaths },
  turn: {
    inFlightUuid: string | undefined;
    /** Breaks the start off. */
    signal: AbortSignal;
    onPermission: OnPermission;
    /** Rejects when the session is another's. */
    mayAct(): Promise<void>;
    onLate(event: TurnEvent): Promise<void>;
    onBackground(work: BackgroundWork): void;
    log: Log;
  },
): Promise<ClaudeProcess> {
  const { metadata, parameters, paths } = session;
  return startClaude({
    binary: setup.binary,
    environment: setup.environment,
    configDir: setup.configDir,
    cwd: metadata.directory ?? paths.workspace,
    marker: paths.dir,
    claudeSessionId: metadata.claudeSessionId,
    ...parameters,
    inFlightUuid: turn.inFlightUuid,
    mayAct: turn.mayAct,
    signal: turn.signal,
    onPermission: turn.onPermission,
    onLate: turn.onLate,
    onBackground: turn.onBackground,
    onWarning: (warning) => turn.log.warn({ session: metadata.name }, warning),
  });
}
