import { expect, test } from 'vitest';
import { LateFold } from './fold-late.ts';
import { parseRow } from './row.ts';

const SINCE = Date.parse('2026-01-02T00:00:00Z');
const message = { type: 'user', uuid: 'm', message: { content: 'do it' } };
const report = (uuid: string, timestamp = '2026-01-02T10:00:00Z') => ({
  type: 'user',
  uuid,
  timestamp,
  origin: { kind: 'task-notification' },
  message: { content: '<task-notification>…</task-notification>' },
});
const said = (uuid: string, stop_reason: string | null) => ({
  type: 'assistant',
  uuid,
  message: { content: [{ type: 'text', text: uuid.toUpperCase() }], stop_reason },
});
const continuation = {
  type: 'user',
  uuid: 'c',
  isMeta: true,
  message: { content: 'Continue from where you left off.' },
};

function fold(...rows: object[]) {
  const folded = new LateFold(SINCE);
  for (const [index, row] of rows.entries()) {
    const parsed = parseRow(JSON.stringify(row));
    if (parsed) folded.add(parsed, index);
  }
  return folded.late;
}

test('a conversation that ends with a message has no late turn, whatever came before it', () => {
  expect(fold(message, said('a', 'end_turn'))).toBeUndefined();
  expect(fold(message, report('n'), said('a', 'end_turn'), message)).toBeUndefined();
});

test('all late turns since the last message are told, and the last one is open if it did not end', () => {
  const first = [report('n1'), said('a', 'end_turn')];
  expect(fold(message, said('x', 'end_turn'), ...first, report('n2'), said('b', null))).toEqual({
    said: [
      { rowUuid: 'a', text: 'A', toolsBefore: 0 },
      { rowUuid: 'b', text: 'B', toolsBefore: 0 },
    ],
    isOpen: true,
  });
  expect(fold(message, ...first)).toMatchObject({ isOpen: false });
  expect(fold(message, ...first, report('n2'))).toMatchObject({ isOpen: true });
});

test('a late turn that was continued and came no further is not continued again', () => {
  expect(fold(message, report('n'), continuation)).toMatchObject({ isOpen: false });
  expect(fold(message, report('n'), continuation, said('a', 'tool_use'))).toMatchObject({ isOpen: true });
});

test('a late turn from long ago is left alone', () => {
  expect(fold(message, report('n', '2026-01-01T23:59:59Z'), said('a', null))).toBeUndefined();
});
