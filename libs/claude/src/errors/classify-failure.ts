import type { AssistantLine, ResultLine } from '../stream/line.ts';
import type { RateLimit } from '../turn/turn-event.ts';
import type { ClaudeErrorCode } from './advice.ts';
import { ClaudeError } from './claude-error.ts';

/** What is known about a failed API request: from the CLI's own row about it, from the `result`, or from both. */
export interface ApiFailure {
  /** The CLI's sentence. */
  text: string;
  /** The CLI's name for the error: `authentication_failed`, `rate_limit`, `server_error`, `model_not_found`, … */
  name?: string | undefined;
  /** `connection_failed`, `usage_limit_reached`, … */
  detail?: string | undefined;
  status?: number | undefined;
  rateLimit?: RateLimit | undefined;
}

/** The failure that a row of the stream tells about, if it does. */
export function failureIn(line: AssistantLine): Pick<ApiFailure, 'name' | 'detail'> | undefined {
  if (line.error === undefined && !line.is_api_error_message) return undefined;
  return { name: line.error, detail: line.api_error };
}

/**
 * The error that a `result` stands for; undefined if the turn went well. An API failure says `subtype: "success"` and
 * `is_error: true`, with the error's text as the result (measured on 2.1.329).
 */
export function failureOfResult(
  result: ResultLine,
  context: { failure?: Pick<ApiFailure, 'name' | 'detail'> | undefined; rateLimit?: RateLimit | undefined },
): ClaudeError | undefined {
  if (!result.is_error && result.subtype === 'success') return undefined;
  const text = result.result ?? result.errors?.join('; ') ?? result.subtype;
  if (result.subtype === 'error_max_turns') return new ClaudeError('max-turns', `Claude stopped: ${text}`);
  if (result.subtype === 'error_max_budget_usd') return new ClaudeError('budget', `Claude stopped: ${text}`);
  return apiError({ text, status: result.api_error_status, rateLimit: context.rateLimit, ...context.failure });
}

/** The typed error for a failed API request. */
export function apiError(failure: ApiFailure): ClaudeError {
  const { text, status, rateLimit } = failure;
  const code = codeOf(failure);
  const retryAt = code === 'rate-limited' && rateLimit?.status === 'rejected' ? rateLimit.resetsAt : undefined;
  const retryable = code === 'api-error' && status !== undefined && status >= 500 ? true : undefined;
  return new ClaudeError(code, `Claude's API request failed: ${text}`, { status, retryAt, retryable });
}

function codeOf({ text, name, detail, status }: ApiFailure): ClaudeErrorCode {
  if (/not logged in|please run \/login/i.test(text) && status === undefined) return 'not-logged-in';
  if (/prompt is too long/i.test(text)) return 'context-full';
  if (detail === 'connection_failed' || (status === undefined && /ECONN|ENOTFOUND|connection/i.test(text))) {
    return 'unreachable';
  }
  if (name === 'billing_error' || status === 402) return 'billing';
  if (status === 529 || /overloaded/i.test(text)) return 'overloaded';
  if (name === 'rate_limit' || status === 429) return 'rate-limited';
  if (name === 'model_not_found' || status === 404) return 'unknown-model';
  if (name === 'authentication_failed' || status === 401 || status === 403) return 'invalid-credentials';
  if (REFUSED.includes(status ?? statusIn(text)) || /request too large/i.test(text)) return 'request-refused';
  return 'api-error';
}

/** What the API answers if it does not take what it was sent, however often. */
const REFUSED: readonly (number | undefined)[] = [400, 413, 422];

function statusIn(text: string): number | undefined {
  const [, status] = /API Error: (4\d\d)/.exec(text) ?? [];
  return status === undefined ? undefined : Number(status);
}
