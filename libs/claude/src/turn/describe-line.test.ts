import { expect, test } from 'vitest';
import type { Line, LineOf } from '../stream/line.ts';
import { describeLine, spokenText } from './describe-line.ts';

const assistant = (fields: object): LineOf<'assistant'> => ({
  kind: 'assistant',
  uuid: 'u',
  message: { model: 'claude', content: [{ type: 'text', text: 'hello' }] },
  ...fields,
});

test('only what Claude itself says to the person is spoken', () => {
  expect(spokenText(assistant({}))).toBe('hello');
  expect(spokenText(assistant({ parent_tool_use_id: 'toolu_1' }))).toBeUndefined();
  expect(spokenText(assistant({ error: 'rate_limit' }))).toBeUndefined();
  expect(spokenText(assistant({ is_api_error_message: true }))).toBeUndefined();
  expect(
    spokenText(assistant({ message: { model: '<synthetic>', content: [{ type: 'text', text: 'x' }] } })),
  ).toBeUndefined();
  expect(spokenText(assistant({ message: { model: 'm', content: [{ type: 'text', text: ' \n' }] } }))).toBeUndefined();
});

test("a tool's result is cut to its beginning", () => {
  const content = [{ type: 'text', text: 'x'.repeat(60_000) }, { type: 'image' }];
  const line: Line = {
    kind: 'user',
    message: { content: [{ type: 'tool_result', tool_use_id: 't', is_error: true, content }] },
  };
  expect(describeLine(line)).toEqual([{ type: 'tool-ended', id: 't', isError: true, content: 'x'.repeat(50_000) }]);
});

test("a subagent's tools name the call they belong to, and its text is not streamed", () => {
  const use = { type: 'tool_use', id: 't2', name: 'Read', input: { file_path: 'a' } };
  expect(describeLine(assistant({ parent_tool_use_id: 't1', message: { content: [use] } }))).toEqual([
    { type: 'tool-started', id: 't2', name: 'Read', input: { file_path: 'a' }, textsBefore: 0, parentId: 't1' },
  ]);
  const delta = { type: 'content_block_delta', delta: { type: 'text_delta', text: 'x' } };
  expect(describeLine({ kind: 'stream_event', event: delta, parent_tool_use_id: 't1' })).toEqual([]);
});

test('a retry, a limit and a compaction', () => {
  expect(
    describeLine({ kind: 'system/api_retry', attempt: 2, max_retries: 6, retry_delay_ms: 1095.4, error_status: 529 }),
  ).toEqual([{ type: 'retrying', attempt: 2, maxAttempts: 6, delayMs: 1095, status: 529 }]);
  expect(
    describeLine({ kind: 'rate_limit_event', rate_limit_info: { status: 'rejected', resetsAt: 1_795_210_733 } }),
  ).toEqual([{ type: 'rate-limit', status: 'rejected', resetsAt: 1_795_210_733_000 }]);
  expect(describeLine({ kind: 'system/status', status: 'compacting' })).toEqual([{ type: 'compacting' }]);
});
