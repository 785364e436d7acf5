import type { ClaudeEnvironment, ClaudeProcess, ListProcesses } from '@signalbox/claude';
import type { PermissionMode } from '@signalbox/contracts';

/** What every Claude process of this worker has in common. */
export interface ClaudeSetup {
  readonly binary: string;
  /** What a person types at this machine to get it. */
  readonly command: string;
  readonly environment: ClaudeEnvironment;
  readonly configDir: string | undefined;
  /** Told of the models that each process offers. */
  noteModels?(models: ClaudeProcess['models']): void;
  /** Lists the processes of this machine, for many sessions at once. */
  readonly listProcesses?: ListProcesses;
  /** The most that any persona may do. */
  readonly permissionMode: PermissionMode;
}
