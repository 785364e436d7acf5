import { adviceFor, type ClaudeErrorCode } from './advice.ts';

/** The codes whose cause may pass by itself, so that trying the same message again makes sense. */
const RETRYABLE: ReadonlySet<ClaudeErrorCode> = new Set([
  'exited',
  'stopped',
  'rate-limited',
  'overloaded',
  'unreachable',
]);

interface ClaudeErrorDetails {
  /** Overrides what the code implies (an `api-error` of status 500 may be tried again, one of status 400 not). */
  retryable?: boolean | undefined;
  /** When trying again can succeed, in milliseconds since the epoch. */
  retryAt?: number | undefined;
  /** HTTP status of the API's answer, if there was one. */
  status?: number | undefined;
  cause?: unknown;
}

/** A failure of Claude. `message` is for a log; it holds no credential of the options. */
export class ClaudeError extends Error {
  override readonly name = 'ClaudeError';
  readonly code: ClaudeErrorCode;
  /** Whether the same message may succeed without anybody changing anything. */
  readonly retryable: boolean;
  /** When trying again can succeed, in milliseconds since the epoch, if that is known. */
  readonly retryAt: number | undefined;
  /** HTTP status of the API's answer, if there was one. */
  readonly status: number | undefined;

  constructor(code: ClaudeErrorCode, message: string, details: ClaudeErrorDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.code = code;
    this.retryable = details.retryable ?? RETRYABLE.has(code);
    this.retryAt = details.retryAt;
    this.status = details.status;
  }

  /** One sentence that tells a person what to do. @param claude what starts the CLI at a shell; see `claudeCommand` */
  advice(claude = 'npx claude'): string {
    return adviceFor(this.code, claude, this.retryAt);
  }
}
