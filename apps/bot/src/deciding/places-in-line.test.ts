import type { WaitingJob } from '@signalbox/queues';
import { expect, it } from 'vitest';
import { placesInLine } from './places-in-line.ts';

const origin = { place: { chatId: 7 }, messageId: 5, userId: 7, userName: 'Ann', sentAt: 1 };
const job = (id: string, more: Partial<WaitingJob> = {}, message: object = {}): WaitingJob => ({
  id,
  data: { version: 1, kind: 'message', session: 'web', origin, text: id, ...message },
  addedAt: 1,
  hasBegun: false,
  joinedTo: undefined,
  ...more,
});
const numbers = (...jobs: WaitingJob[]) =>
  [...placesInLine(jobs)].map(([id, { number, isBehind }]) => `${id}: ${number}${isBehind ? '' : ' (next)'}`);

it('those that wait are counted from the one behind what runs', () => {
  expect(numbers(job('a', { hasBegun: true }), job('b'), job('c'))).toEqual(['b: 1', 'c: 2']);
});

it('where nothing runs the first is next, and the second is number 2', () => {
  expect(numbers(job('a'), job('b'))).toEqual(['a: 1 (next)', 'b: 2']);
});

it('an album is one, also where its parts are not joined yet; what is part of another is none', () => {
  const album = (id: string) => job(id, {}, { album: 'x' });
  expect(numbers(job('a', { hasBegun: true }), album('b'), album('c'), album('d'), job('e'))).toEqual(['b: 1', 'e: 2']);
  expect(numbers(job('a', { hasBegun: true }), job('b', { joinedTo: 'a' }), job('c'))).toEqual(['c: 1']);
});

it('what comes behind the album that begins is of it until it is joined; what comes too late for that waits by itself', () => {
  const album = (id: string, more: Partial<WaitingJob> = {}) => job(id, more, { album: 'x' });
  const begun = { hasBegun: true };
  expect(numbers(album('a', { ...begun, isJoining: true }), album('b'), job('c'))).toEqual(['c: 1']);
  expect(numbers(album('a', begun), album('b'), album('c'), job('d'))).toEqual(['b: 1', 'd: 2']);
});

it('commands wait as well, and so does what nobody can read', () => {
  expect(numbers(job('a', {}, { kind: 'clear' }), job('b', { data: undefined }), job('c'))).toEqual([
    'a: 1 (next)',
    'b: 2',
    'c: 3',
  ]);
});
