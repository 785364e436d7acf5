import { randomUUID } from 'node:crypto';

const ERRORS: Readonly<Record<number, { type: string; message: string }>> = {
  400: { type: 'invalid_request_error', message: 'Simulated: the request is not valid.' },
  401: { type: 'authentication_error', message: 'Simulated: invalid x-api-key' },
  403: { type: 'permission_error', message: 'Simulated: this key may not use the resource.' },
  404: { type: 'not_found_error', message: 'Simulated: not found.' },
  413: { type: 'request_too_large', message: 'Simulated: the request is too large.' },
  429: { type: 'rate_limit_error', message: 'Simulated: this request would exceed the rate limit.' },
  500: { type: 'api_error', message: 'Simulated: internal server error' },
  529: { type: 'overloaded_error', message: 'Overloaded' },
};

/** The words of an error; what is left out is what is usual for its status. */
export type ErrorWords = { message?: string | undefined; type?: string | undefined };

/** The JSON body of an error of the Messages API. */
export function errorBody(status: number, { message, type }: ErrorWords = {}): Record<string, unknown> {
  const known = ERRORS[status] ?? {
    type: status < 500 ? 'invalid_request_error' : 'api_error',
    message: 'Simulated error',
  };
  const error = { type: type ?? known.type, message: message ?? known.message };
  return { type: 'error', error, request_id: `req_sim_${randomUUID().slice(0, 8)}` };
}

/**
 * Headers of a refusal for a used-up limit, as the CLI understands them.
 * @param now milliseconds
 */
export function limitHeaders(seconds: number, now: number): Record<string, string> {
  const reset = String(Math.round(now / 1000 + seconds));
  return {
    'retry-after': String(Math.ceil(seconds)),
    'anthropic-ratelimit-unified-status': 'rejected',
    'anthropic-ratelimit-unified-representative-claim': 'five_hour',
    'anthropic-ratelimit-unified-reset': reset,
    'anthropic-ratelimit-unified-5h-status': 'rejected',
    'anthropic-ratelimit-unified-5h-utilization': '1',
    'anthropic-ratelimit-unified-5h-reset': reset,
  };
}
