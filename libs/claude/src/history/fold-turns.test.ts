import { describe, expect, it } from 'vitest';
import { parseRow } from '../transcript/row.ts';
import { CompactionFold } from './fold-compaction.ts';
import { TurnsFold } from './fold-turns.ts';

function add<F extends { add(row: never): void }>(fold: F, rows: object[]): F {
  for (const row of rows) fold.add(parseRow(JSON.stringify(row)) as never);
  return fold;
}
const user = (uuid: string, parentUuid: string | null, content: string, more = {}) => ({
  ...{ type: 'user', uuid, parentUuid, message: { content } },
  ...more,
});
const claude = (uuid: string, parentUuid: string, more = {}) => ({
  ...{
    type: 'assistant',
    uuid,
    parentUuid,
    message: { content: [{ type: 'text', text: 'A' }], stop_reason: 'end_turn' },
  },
  ...more,
});
const boundary = (uuid: string, logicalParentUuid: string) => ({
  ...{ type: 'system', subtype: 'compact_boundary', uuid, parentUuid: null, logicalParentUuid },
});
const failed = { isApiErrorMessage: true };
const turnsOf = (rows: object[]) =>
  add(new TurnsFold(), rows).turns.map(({ uuid, state, isSummarised }) => [uuid, state, isSummarised]);

describe('the turns of a transcript', () => {
  it('are the messages on the way to its end, each with what became of it', () => {
    const rows = [
      user('u1', null, 'one'),
      claude('a1', 'u1'),
      user('u2', 'a1', 'two'),
      claude('e2', 'u2', failed),
      user('u3', 'e2', 'three'),
    ];
    expect(turnsOf(rows)).toEqual([
      ['u1', 'answered', false],
      ['u2', 'failed', false],
      ['u3', 'open', false],
    ]);
  });

  it('are none of those that were left behind on another branch', () => {
    const rows = [user('u1', null, 'one'), claude('a1', 'u1'), user('u2', 'a1', 'two'), claude('a2', 'u2')];
    expect(turnsOf([...rows, user('u3', 'a1', 'three')]).map(([uuid]) => uuid)).toEqual(['u1', 'u3']);
  });

  it('reach beyond a summary, and say so; what the CLI says itself, tools and subagents are none', () => {
    const tool = { message: { content: [{ type: 'tool_result', tool_use_id: 't' }] } };
    const rows = [
      user('u1', null, 'one'),
      user('r1', 'u1', '', tool),
      claude('a1', 'r1'),
      user('side', 'u1', 'look', { isSidechain: true }),
      boundary('b', 'a1'),
      user('s', 'b', 'This session is being continued', { isCompactSummary: true }),
      user('c', 's', '<command-name>/compact</command-name>'),
      user('o', 'c', '<local-command-stdout>Compacted </local-command-stdout>'),
      user('u2', 'o', 'two'),
      claude('a2', 'u2'),
    ];
    expect(turnsOf(rows)).toEqual([
      ['u1', 'answered', true],
      ['u2', 'answered', false],
    ]);
  });
});

describe('a /compact', () => {
  const command = user('k', 'x', '<command-name>/compact</command-name>');
  const summary = user('s', 'b', 'Summary', { isCompactSummary: true });
  const error = (content: string) => ({
    type: 'system',
    subtype: 'local_command',
    uuid: 'o',
    parentUuid: 'k',
    content,
  });
  const outcomeOf = (rows: object[]) => add(new CompactionFold('k'), rows).outcome;
  const before = [user('u1', null, 'one'), claude('a1', 'u1')];

  it('was done if a boundary stands before it, with nothing said in between', () => {
    const caveat = user('m', 's', '<local-command-caveat>x', { isMeta: true });
    expect(outcomeOf([...before, boundary('b', 'a1'), summary, caveat, command])).toEqual({ done: true });
  });

  it('was not done with the boundary of an earlier one before it, and says why', () => {
    const earlier = [boundary('b', 'a1'), summary, user('k0', 's', '<command-name>/compact</command-name>')];
    const reason = 'Compaction failed';
    const rows = [...before, ...earlier, command, error(`<local-command-stderr>${reason}</local-command-stderr>`)];
    expect(outcomeOf(rows)).toEqual({ done: false, reason });
    expect(outcomeOf([...rows, boundary('b2', 'o')])).toEqual({ done: false, reason });
  });

  it('that was cut off came to no end, and so did one that never began', () => {
    expect(outcomeOf([...before, command])).toBeUndefined();
    expect(outcomeOf([...before, boundary('b', 'a1'), summary])).toBeUndefined();
  });
});
