import { expect, test } from 'vitest';
import { EndFold } from './fold-end.ts';
import { parseRow } from './row.ts';

const user = (uuid: string, parentUuid: string | null) => ({ type: 'user', uuid, parentUuid });
const said = (uuid: string, parentUuid: string, more = {}) => ({ type: 'assistant', uuid, parentUuid, ...more });
const noted = (leafUuid: string) => ({ type: 'last-prompt', leafUuid });

function missed(...rows: object[]) {
  const fold = new EndFold();
  for (const row of rows) {
    const parsed = parseRow(JSON.stringify(row));
    if (parsed) fold.add(parsed);
  }
  return fold.missed;
}

/** A turn whose step was cut off and done again: `b` is left behind, `c` is the end. */
const branched = [user('a', null), said('b', 'a'), noted('b'), said('c', 'a')];

test('a conversation without branches has the end that the CLI finds', () => {
  expect(missed()).toBeUndefined();
  expect(missed(user('a', null), said('b', 'a'))).toBeUndefined();
  expect(missed(user('a', null), said('b', 'a'), noted('b'), user('c', 'b'), said('d', 'c'))).toBeUndefined();
});

test('the end is missed if the last resumed row was left behind and no later one was noted', () => {
  expect(missed(...branched)).toBe('c');
  expect(missed(...branched, user('d', 'c'), said('e', 'd'))).toBe('e');
  expect(missed(...branched, user('d', 'c'), noted('d'), said('e', 'd'))).toBeUndefined();
});

test('a point that somebody went back to and from which nothing has gone on is left alone', () => {
  expect(missed(user('a', null), said('b', 'a'), said('c', 'a'), noted('b'))).toBeUndefined();
});

test('rows of subagents and rows without a speaker are no end', () => {
  const rows = [said('s', 'c', { isSidechain: true }), { type: 'attachment', uuid: 't', parentUuid: 'c' }];
  expect(missed(...branched, ...rows)).toBe('c');
});
