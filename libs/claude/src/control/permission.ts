/** Claude asks whether it may use a tool (or asks the person something: then `requiresUserInteraction`). */
export interface PermissionRequest {
  /** Unique per question; a question asked again after a crash has a new one. */
  requestId: string;
  toolUseId: string;
  toolName: string;
  input: Record<string, unknown>;
  /** The CLI's own words for the call, e.g. a Bash command's description. */
  description?: string | undefined;
  /** The path outside the allowed directories that made it ask. */
  blockedPath?: string | undefined;
  /**
   * AskUserQuestion and plan mode come this way, also under `bypassPermissions`. AskUserQuestion is answered with `allow`
   * and `updatedInput: {...input, answers: {'<question>': '<label>'}}` (measured on 2.1.329).
   */
  requiresUserInteraction: boolean;
  /** The CLI's suggestions for a lasting answer, as it sent them. */
  suggestions: unknown[];
}

/** What somebody decided about a request. */
export type PermissionAnswer =
  /** `updatedInput` replaces the tool's input; `updatedPermissions` are suggestions that hold from now on. */
  | { behavior: 'allow'; updatedInput?: Record<string, unknown>; updatedPermissions?: readonly object[] }
  /** `message` is what the model reads as the tool's result; `interrupt` also ends the turn. */
  | { behavior: 'deny'; message: string; interrupt?: boolean };

/** Why an answer is no longer wanted: the CLI has taken its question back, because its turn was interrupted. */
export class RequestWithdrawn extends Error {
  override name = 'RequestWithdrawn';
  constructor() {
    super('The question was taken back');
  }
}

/** Asks somebody. `signal` aborts when the answer is no longer wanted (the process ended, or, with
 * `RequestWithdrawn`, the turn was interrupted). */
export type OnPermission = (request: PermissionRequest, signal: AbortSignal) => Promise<PermissionAnswer>;
