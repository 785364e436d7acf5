import { expect, test } from 'vitest';
import { SaidWhenDurable } from './said-when-durable.ts';

test('a text is told when its row is on disk, whichever is known first', () => {
  const said = new SaidWhenDurable();
  expect(said.printed('a', 'A')).toEqual([]);
  expect(said.written(['a'])).toEqual([{ type: 'said', rowUuid: 'a', text: 'A', toolsBefore: 0 }]);
  expect(said.written(['b'])).toEqual([]);
  expect(said.printed('b', 'B', 3)).toEqual([{ type: 'said', rowUuid: 'b', text: 'B', toolsBefore: 3 }]);
});

test('texts are told in the order they were printed', () => {
  const said = new SaidWhenDurable();
  said.printed('a', 'A');
  said.printed('b', 'B');
  expect(said.written(['b'])).toEqual([]);
  expect(said.written(['a']).map(({ text }) => text)).toEqual(['A', 'B']);
});

test('a row is told once, however often it comes', () => {
  const said = new SaidWhenDurable();
  said.written(['a']);
  expect(said.printed('a', 'A')).toHaveLength(1);
  expect(said.printed('a', 'A')).toEqual([]);
  expect(said.written(['a'])).toEqual([]);
  expect(said.allWritten()).toEqual([]);
});

test('at the end all is told', () => {
  const said = new SaidWhenDurable();
  said.printed('a', 'A');
  said.printed('b', 'B');
  expect(said.allWritten().map(({ text }) => text)).toEqual(['A', 'B']);
});
