import { expect, test } from 'vitest';
import { linesOf, readRecording } from '../../testing/recording.ts';
import { failureOfTurn, TurnFold } from './fold-turn.ts';
import { parseRow } from './row.ts';

const UUID = '74d6bbe3-cbc7-43fe-8090-710d10be3f55';
const mine = { type: 'user', uuid: UUID, message: { role: 'user', content: 'do it' } };
const toolResult = { type: 'user', uuid: 'r', message: { content: [{ type: 'tool_result', content: 'ok' }] } };
const said = (uuid: string, text: string, stop_reason: string | null, more = {}) => ({
  type: 'assistant',
  uuid,
  message: { model: 'claude', content: [{ type: 'text', text }], stop_reason },
  ...more,
});
const used = (stop_reason: string | null) => ({
  type: 'assistant',
  uuid: 't',
  message: { model: 'claude', content: [{ type: 'tool_use', name: 'Bash', input: {} }], stop_reason },
});

function fold(...rows: object[]) {
  const folded = new TurnFold(UUID);
  for (const [index, row] of rows.entries()) {
    const parsed = parseRow(JSON.stringify(row));
    if (parsed) folded.add(parsed, index);
  }
  return folded.turn;
}

test('a recorded transcript: finished, with what was said', () => {
  const mirrored = readRecording('10-session-mirror').filter(
    ({ dir, msg }) => dir === 'out' && msg.type === 'transcript_mirror',
  );
  expect(linesOf(mirrored)).toHaveLength(mirrored.length);
  expect(fold(...mirrored.flatMap(({ msg }) => msg.entries))).toMatchObject({
    state: 'finished',
    said: [{ rowUuid: '7d9798ac-baf6-431f-9f34-3237841797cc', text: 'echo: M1' }],
  });
});

test('a message that is not there is absent', () => {
  expect(fold({ type: 'queue-operation' }, { ...mine, uuid: 'another' }, said('a', 'A', 'end_turn'))).toEqual({
    state: 'absent',
    said: [],
    tools: [],
  });
});

test.each([
  ['only the message', [mine]],
  ['cut off while it streamed', [mine, said('a', 'A', null)]],
  ['a tool was running', [mine, said('a', 'A', 'tool_use'), used('tool_use')]],
  ['a tool had run', [mine, used('tool_use'), toolResult]],
  ['the output limit was reached, and Claude goes on', [mine, said('a', 'A', 'max_tokens')]],
  ['continued after a crash, and cut off again', [mine, { ...mine, uuid: 'm', isMeta: true }, used('tool_use')]],
])('%s: open', (_, rows) => {
  expect(fold(...rows).state).toBe('open');
});

test.each(['end_turn', 'stop_sequence', 'refusal'])('an answer that stopped with %s is finished', (reason) => {
  expect(fold(mine, used('tool_use'), toolResult, said('a', 'A', reason)).state).toBe('finished');
});

test('all text blocks of the turn are there, in order, with the rows they have', () => {
  expect(fold(mine, said('a', 'A', 'tool_use'), used('tool_use'), toolResult, said('b', 'B', 'end_turn')).said).toEqual(
    [
      { rowUuid: 'a', text: 'A', toolsBefore: 0 },
      { rowUuid: 'b', text: 'B', toolsBefore: 1 },
    ],
  );
});

test("subagents' rows, hidden prompts and the CLI's own words do not count", () => {
  const turn = fold(
    mine,
    said('s', 'from a subagent', 'end_turn', { isSidechain: true }),
    { ...mine, uuid: 'm', isMeta: true },
    said('x', 'No response requested.', 'stop_sequence', { message: { model: '<synthetic>', content: 'x' } }),
  );
  expect(turn).toMatchObject({ state: 'open', said: [] });
  expect(turn).not.toHaveProperty('bareContinuation');
});

test('what Claude says again after a crash, because it forgot the step, is not said twice', () => {
  const turn = fold(
    mine,
    said('a', 'Let me look.', 'tool_use'),
    used('tool_use'),
    continuation,
    said('b', 'Let me look.', 'tool_use'),
    used('tool_use'),
    toolResult,
    said('c', 'Let me look.', 'end_turn'),
  );
  expect(turn.said.map(({ rowUuid }) => rowUuid)).toEqual(['a', 'c']);
});

test('what Claude says again after a crash in its first step, when the message was run again, is not said twice', () => {
  const after = (parentUuid: string, row: object) => ({ ...row, parentUuid });
  const step = (n: number) => [
    after(UUID, said(`a${n}`, 'Let me look.', 'tool_use')),
    after(`a${n}`, { ...used('tool_use'), uuid: `t${n}` }),
  ];
  const rest = [
    after('t3', { ...toolResult, uuid: 'r' }),
    after('r', said('b', 'Let me look.', 'tool_use')),
    after('b', said('c', 'Let me look.', 'end_turn')),
  ];
  const turn = fold(mine, ...step(1), ...step(2), ...step(3), ...rest);
  expect(turn.said.map(({ rowUuid }) => rowUuid)).toEqual(['a1', 'b', 'c']);
});

test('a message that was run again after a crash behind an attachment is a branch too', () => {
  const after = (parentUuid: string, row: object) => ({ ...row, parentUuid });
  const turn = fold(
    mine,
    after(UUID, said('a1', 'Let me look.', 'tool_use')),
    after('a1', { ...used('tool_use'), uuid: 't1' }),
    after(UUID, { type: 'attachment', uuid: 'x' }),
    after('x', said('a2', 'Let me look.', 'tool_use')),
    after('a2', { ...used('tool_use'), uuid: 't2' }),
    after('t2', { ...toolResult, uuid: 'r' }),
    after('r', said('b', 'Let me look.', 'end_turn')),
  );
  expect(turn.said.map(({ rowUuid }) => rowUuid)).toEqual(['a1', 'b']);
});

const continuation = {
  ...mine,
  uuid: 'm',
  isMeta: true,
  message: { content: [{ type: 'text', text: 'Continue from where you left off.' }] },
};

test.each([
  ['nothing after it', [mine, used('tool_use'), toolResult, continuation], 3],
  ['only a part of an answer after it', [mine, toolResult, continuation, said('a', 'A', null)], 2],
  ['a step after it', [mine, toolResult, continuation, used('tool_use')], undefined],
  [
    'a step after the first, nothing after the second',
    [mine, continuation, used('tool_use'), toolResult, continuation],
    4,
  ],
])('a continuation with %s', (_, rows, offset) => {
  expect(fold(...rows)).toMatchObject({ state: 'open' });
  expect(fold(...rows).bareContinuation).toBe(offset);
});

test('an interrupted turn keeps what was said', () => {
  const note = {
    type: 'user',
    uuid: 'n',
    message: { content: [{ type: 'text', text: '[Request interrupted by user]' }] },
  };
  expect(fold(mine, said('a', 'A', null), note)).toMatchObject({
    state: 'interrupted',
    said: [{ rowUuid: 'a', text: 'A' }],
  });
});

test('a turn that ended with an API error has failed; its text is not said', () => {
  const error = said('e', 'API Error: 529 Overloaded', 'stop_sequence', {
    isApiErrorMessage: true,
    error: 'server_error',
  });
  const turn = fold(mine, error);
  expect(turn.state).toBe('failed');
  expect(turn.said).toEqual([]);
  expect(failureOfTurn(turn)).toMatchObject({ code: 'overloaded' });
});

test('what follows the next prompt is another turn', () => {
  const note = {
    ...mine,
    uuid: 'n',
    message: { content: '<task-notification>' },
    origin: { kind: 'task-notification' },
  };
  expect(fold(mine, said('a', 'A', 'end_turn'), note, said('b', 'B', null))).toMatchObject({
    state: 'finished',
    said: [{ rowUuid: 'a', text: 'A' }],
  });
});

test.each(['', `{"type":"user","uuid":"${UUID}`, 'null', '7', '{}', '[]'])(
  'the torn or foreign line %j is no row',
  (line) => {
    expect(parseRow(line)).toBeUndefined();
  },
);

test('the tools of a turn are named, and those without a result may have run', () => {
  const use = (id: string, command: string) => ({
    type: 'assistant',
    uuid: `row-${id}`,
    message: { content: [{ type: 'tool_use', id, name: 'Bash', input: { command } }], stop_reason: 'tool_use' },
  });
  const result = {
    type: 'user',
    uuid: 'r',
    message: { content: [{ type: 'tool_result', tool_use_id: 'one', content: 'a b' }] },
  };
  const error = { ...result, message: { content: [{ type: 'tool_result', tool_use_id: 'two', is_error: true }] } };
  const turn = fold(mine, use('one', 'ls'), result, use('two', 'make'), error, use('three', 'rm x'));
  expect(turn.tools).toEqual([
    { id: 'one', name: 'Bash', input: { command: 'ls' }, state: 'done', textsBefore: 0, result: 'a b' },
    { id: 'two', name: 'Bash', input: { command: 'make' }, state: 'failed', textsBefore: 0, result: '' },
    { id: 'three', name: 'Bash', input: { command: 'rm x' }, state: 'open', textsBefore: 0 },
  ]);
  expect(turn.lastRowUuid).toBe('row-three');
});

test('a tool that the CLI denied by itself when its input ended is open, whatever came of the denial', () => {
  const content = 'Tool permission request failed: AbortError: Tool permission stream closed before response received';
  const denied = { type: 'user', uuid: 'd', message: { content: [{ type: 'tool_result', is_error: true, content }] } };
  const turn = fold(mine, said('a', 'A', 'tool_use'), used('tool_use'), denied, said('b', 'I may not.', 'end_turn'));
  expect(turn).toMatchObject({ state: 'open', unanswered: 3, lastRowUuid: 't', tools: [{ state: 'open' }] });
  expect(turn.said.map(({ rowUuid }) => rowUuid)).toEqual(['a']);
});
