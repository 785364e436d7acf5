import type { WaitingJob } from '@signalbox/queues';
import { expect, it } from 'vitest';
import { createAnswersTo } from './answers-to.ts';
import type { MessageRun } from './message-run.ts';

const origin = { place: { chatId: 7 }, messageId: 5, userId: 7, userName: 'Ann', sentAt: 1 };
const message = { version: 1, kind: 'message', session: 'web', origin, text: 'x' } as const;
const waiting = (id: string, more: Partial<WaitingJob> = {}): WaitingJob => ({
  ...{ id, data: message, addedAt: 1, hasBegun: false, joinedTo: undefined },
  ...more,
});
const own = waiting('u-1-1', { hasBegun: true });

/** What a turn's answers are replies to, one after the other, with this in the queue at each. */
async function repliesTo(lines: (WaitingJob[] | Error)[], { chatId = 7, lastUsedAt = '1970-01-01T00:00:01Z' } = {}) {
  const job = { ...message, origin: { ...origin, place: { chatId } } };
  const queue = { name: 'session-web', group: 'session.default' };
  const answersTo = createAnswersTo({ taken: { id: 'u-1-1', addedAt: 2_000 }, job, queue } as unknown as MessageRun, {
    record: { metadata: { lastUsedAt } as never },
    async listWaiting() {
      const line = lines[0] ?? [];
      if (line instanceof Error) throw line;
      return line;
    },
  });
  const replies: (number | undefined)[] = [];
  for (; lines.length > 0; lines.shift()) replies.push(await answersTo());
  return replies;
}

it('the answer to the only message is no reply', async () => {
  expect(await repliesTo([[own]])).toEqual([undefined]);
});

it('answers are replies from when another message waits, also when that is gone', async () => {
  expect(await repliesTo([[own], [own, waiting('u-1-2')], [own]])).toEqual([undefined, 5, 5]);
});

it('the answer to a message that came while the one before was at work is a reply', async () => {
  expect(await repliesTo([[own]], { lastUsedAt: '1970-01-01T00:00:03Z' })).toEqual([5]);
});

it('every answer in a group is a reply', async () => {
  expect(await repliesTo([[own]], { chatId: -7 })).toEqual([5]);
});

it('parts of the same turn and commands are no other messages, and Redis being away makes none', async () => {
  const part = waiting('u-1-2', { joinedTo: 'u-1-1' });
  const command = waiting('u-1-3', { data: { ...message, kind: 'clear' } });
  expect(await repliesTo([[own, part, command], new Error('Connection is closed.')])).toEqual([undefined, undefined]);
});
