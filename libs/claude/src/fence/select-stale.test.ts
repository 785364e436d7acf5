import { expect, test } from 'vitest';
import { parsePs } from './list-processes.ts';
import { selectStale } from './select-stale.ts';

const SELF = 50;
const p = (pid: number, ppid: number, marked = false) => ({ pid, ppid, marked });

test('the marked and their descendants, however deep, and nobody else', () => {
  const list = [p(1, 0), p(SELF, 1), p(10, 1, true), p(11, 10), p(12, 11), p(20, 1), p(21, 1, true)];
  expect(selectStale(list, SELF)).toEqual([10, 11, 12, 21]);
});

test('never the process that asks nor its ancestors, marked or not, but its marked children', () => {
  const list = [p(1, 0), p(40, 1, true), p(SELF, 40, true), p(60, SELF, true), p(61, SELF), p(41, 40), p(70, 1, true)];
  expect(selectStale(list, SELF)).toEqual([60, 70]);
});

test('a list that was taken while processes came and went does no harm', () => {
  expect(selectStale([p(10, 11, true), p(11, 10), p(12, 999)], SELF)).toEqual([10, 11]);
  expect(selectStale([], SELF)).toEqual([]);
});

test('`ps` output: the entry counts as a whole word of the environment', () => {
  const entry = 'SIGNALBOX_SESSION=blog';
  const output = `    1     0 /sbin/init
  200   1 claude -p HOME=/home/ann ${entry} LANG=C
  201 200 sleep 5 ${entry}
  202   1 claude ${entry}-2 HOME=/
  not a process
`;
  expect(parsePs(output, entry)).toEqual([
    { pid: 1, ppid: 0, marked: false },
    { pid: 200, ppid: 1, marked: true },
    { pid: 201, ppid: 200, marked: true },
    { pid: 202, ppid: 1, marked: false },
  ]);
});
