import { expect, test } from 'vitest';
import { replay, saidIn } from '../../testing/recording.ts';
import { apiError } from './classify-failure.ts';

test.each([
  ['err-01', { code: 'not-logged-in', retryable: false }],
  ['err-03', { code: 'invalid-credentials', status: 403, retryable: false }],
  ['err-04', { code: 'request-refused', status: 400, retryable: false }],
  ['err-05', { code: 'unknown-model', status: 404, retryable: false }],
  ['err-15', { code: 'max-turns', retryable: false }],
  ['12-ratelimit-rejected', { code: 'rate-limited', status: 429, retryable: true, retryAt: 1_795_210_733_000 }],
] as const)('the recorded failure %s is typed, and its text is not said', async (name, expected) => {
  const { turns } = await replay(name);
  expect(turns[0]?.error).toMatchObject({ name: 'ClaudeError', ...expected });
  expect(saidIn(turns[0]?.events ?? [])).toEqual([]);
});

test.each([
  [{ text: 'API Error: 529 Overloaded', name: 'server_error', status: 529 }, 'overloaded', true],
  [{ text: 'API Error: 500 x', name: 'server_error', status: 500 }, 'api-error', true],
  [
    { text: 'Failed to authenticate. API Error: 401 x', name: 'authentication_failed', status: 401 },
    'invalid-credentials',
    false,
  ],
  [
    { text: 'API Error: Connection refused (ECONNREFUSED)', name: 'server_error', detail: 'connection_failed' },
    'unreachable',
    true,
  ],
  [{ text: 'Prompt is too long', name: 'invalid_request', status: 400 }, 'context-full', false],
  [{ text: 'API Error: 400 due to tool use concurrency issues.', name: 'invalid_request' }, 'request-refused', false],
  [{ text: 'Request too large (max 32MB)', name: 'invalid_request' }, 'request-refused', false],
  [{ text: 'Credit balance is too low', name: 'billing_error', status: 400 }, 'billing', false],
  [{ text: 'Request rejected (429)', name: 'rate_limit', status: 429 }, 'rate-limited', true],
])('%j is %s', (failure, code, retryable) => {
  expect(apiError(failure)).toMatchObject({ code, retryable });
});

test('a limit that names its end advises the time', () => {
  const rateLimit = { status: 'rejected', resetsAt: Date.UTC(2026, 10, 20, 21, 38) };
  expect(apiError({ text: 'limit', status: 429, rateLimit }).advice()).toContain('2026-11-20 21:38 UTC');
});

test('advice that names Claude Code names what starts it on that machine', () => {
  expect(apiError({ text: 'Not logged in' }).advice('/opt/claude')).toContain('`/opt/claude`');
  expect(apiError({ text: 'Not logged in' }).advice()).toContain('`npx claude`');
});
