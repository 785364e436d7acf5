import { expect, test } from 'vitest';
import { readRecording } from '../../testing/recording.ts';
import { messagesOf, parseLine } from './line.ts';

test.each(['', 'hello', '[1]', 'null', '"text"', '{"type":', '{"a":1}}'])('%j is no JSON object', (text) => {
  expect(parseLine(text)).toBe('not-json');
});

test.each([
  '{}',
  '{"type":7}',
  '{"type":"from_the_future"}',
  '{"type":"system","subtype":"new"}',
  '{"type":"toString"}',
])('%s is unknown', (text) => {
  expect(parseLine(text)).toBe('unknown');
});

test('a known kind of an unknown shape is unfit', () => {
  expect(parseLine('{"type":"assistant","uuid":7}')).toBe('unfit');
});

test('fields that do not matter may have any shape', () => {
  const odd = {
    type: 'result',
    subtype: 'success',
    usage: 'none',
    num_turns: null,
    errors: {},
    user_message_uuids: 'x',
  };
  expect(parseLine(JSON.stringify(odd))).toMatchObject({ kind: 'result', subtype: 'success' });
});

test('a result names its message in either field', () => {
  const line = parseLine(
    '{"type":"result","subtype":"success","user_message_uuid":"b","user_message_uuids":["a","b"]}',
  );
  expect(typeof line === 'string' ? [] : messagesOf(line)).toEqual(['a', 'b', 'b']);
});

test.each([
  '02-warm-partials-replay',
  '06-perm-pending-recover',
  '09-compact',
  '10-session-mirror',
  '12-ratelimit-rejected',
  '15-background-task',
  '16-think-say-parallel',
  '17-recommended-recover',
])('no recorded line of %s is unfit', (name) => {
  for (const { dir, msg } of readRecording(name)) {
    if (dir === 'out') expect(parseLine(JSON.stringify(msg))).not.toBe('unfit');
  }
});
