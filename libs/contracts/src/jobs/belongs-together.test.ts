import { describe, expect, it } from 'vitest';
import { belongsTogether, mayBeContinued } from './belongs-together.ts';

type Sent = Parameters<typeof belongsTogether>[0];
const sent = (more: Partial<Sent> = {}, origin: Partial<Sent['origin']> = {}): Sent => ({
  origin: { place: { chatId: 7 }, messageId: 1, userId: 7, userName: 'Ann', sentAt: 10_000, ...origin },
  text: 'hello',
  ...more,
});
const long = 'x'.repeat(4_096);

describe('belong together', () => {
  it.each([
    ['messages of one album, whenever they came', sent({ album: 'a' }), sent({ album: 'a' }, { sentAt: 99_000 })],
    ['forwarded messages of the same second', sent({ forwardedFrom: 'Bob' }), sent({ forwardedFrom: 'Cy' })],
    ['a comment and what it was sent with', sent(), sent({ forwardedFrom: 'Bob' }, { sentAt: 11_000 })],
    ['a long text and its rest', sent({ text: long }), sent()],
  ])('%s', (_what, last, next) => {
    expect(belongsTogether(last, next)).toBe(true);
  });
});

describe('are messages of their own', () => {
  it.each([
    ['two short texts of the same second', sent(), sent()],
    ['messages of two albums', sent({ album: 'a' }), sent({ album: 'b' })],
    ['a long text and one that came later', sent({ text: long }), sent({}, { sentAt: 12_000 })],
    ['forwarded messages of two people', sent({ forwardedFrom: 'Bob' }), sent({ forwardedFrom: 'Bob' }, { userId: 8 })],
    ['an album in two topics', sent({ album: 'a' }), sent({ album: 'a' }, { place: { chatId: 7, threadId: 2 } })],
    ['a forwarded message and a text behind it', sent({ forwardedFrom: 'Bob' }), sent()],
    ['a long forwarded text and a text behind it', sent({ text: long, forwardedFrom: 'Bob' }), sent()],
  ])('%s', (_what, last, next) => {
    expect(belongsTogether(last, next)).toBe(false);
  });
});

it('only what Telegram splits is waited for', () => {
  expect(mayBeContinued(sent())).toBe(false);
  for (const more of [{ album: 'a' }, { forwardedFrom: 'Bob' }, { text: long }])
    expect(mayBeContinued(sent(more))).toBe(true);
});
