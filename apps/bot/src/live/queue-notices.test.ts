import { type Place, sessionQueue } from '@signalbox/contracts';
import type { WaitingJob } from '@signalbox/queues';
import { pause } from '@signalbox/service';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestLog } from '../../testing/bot-world.ts';
import { createChatPace } from '../telegram/chat-pace.ts';
import { type Target, type TelegramApi, TelegramFailure } from '../telegram/telegram-api.ts';
import type { NoticeMessages, ShownNotice } from './notice-messages.ts';
import { createQueueNotices, type QueueNotices } from './queue-notices.ts';

const web = sessionQueue('web', 'default');
const place: Place = { chatId: 7 };

let line: WaitingJob[];
let isAway: boolean;
let kept: Map<string, ShownNotice>;
let calls: string[];
let fail: ((method: string) => Error | undefined) | undefined;
let sent: number;
let notices: QueueNotices;
beforeEach(() => {
  vi.useFakeTimers();
  [line, isAway, kept, calls, fail, sent] = [[], false, new Map(), [], undefined, 100];
  notices = open();
});
afterEach(() => {
  notices.stop();
  vi.useRealTimers();
});

const job = (id: string, more: Partial<WaitingJob> = {}, message: object = {}): WaitingJob => {
  const origin = { place, messageId: 5, userId: 7, userName: 'Ann', sentAt: 1 };
  const data = { version: 1, kind: 'message', session: 'web', origin, text: id, ...message };
  return { id, data, addedAt: 1, hasBegun: false, joinedTo: undefined, ...more };
};

/** A bot of its own, which shares with the others what lies in Redis. */
function open(): QueueNotices {
  const call = (method: string, what: string) => {
    calls.push(`${method} ${what}`);
    const error = fail?.(method);
    if (error) throw error;
  };
  const numberIn = (text: string) => /number (\d+) in the queue/.exec(text)?.[1];
  const api = {
    async sendMessage({ replyTo }: Target, { text }: { text: string }) {
      call('send', `${numberIn(text)} to ${replyTo}`);
      sent += 1;
      return sent;
    },
    editMessage: async (_chat: number, id: number, { text }: { text: string }) =>
      call('edit', `${id}: ${numberIn(text)}`),
    deleteMessage: async (_chat: number, id: number) => call('delete', String(id)),
  } as unknown as TelegramApi;
  const messages: NoticeMessages = {
    keep: async (id, notice) => void kept.set(id, notice),
    forget: async (id) => void kept.delete(id),
    all: async () => [...kept],
  };
  return createQueueNotices({
    ...{ api, gate: { isClosed: () => false }, pace: createChatPace(pause), messages, log: createTestLog().log },
    async list() {
      if (isAway) throw new Error('Connection is closed.');
      return line;
    },
  });
}

const follow = (...ids: string[]) => {
  for (const [index, jobId] of ids.entries()) notices.follow({ jobId, queue: web, place, messageId: 11 + index });
};
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const running = job('a', { hasBegun: true });

describe('a message that waits', () => {
  it('is told its number, which is edited as it moves, and goes when its turn begins', async () => {
    line = [running, job('b'), job('c')];
    follow('c');
    await pass(1);
    line = [job('b', { hasBegun: true }), job('c')];
    await pass(1_200);
    line = [job('c', { hasBegun: true })];
    notices.lookSoon();
    await pass(200);
    await pass(10_000);
    expect(calls).toEqual(['send 2 to 11', 'edit 101: 1', 'delete 101']);
    expect(kept.size).toBe(0);
  });

  it('is told nothing while nothing is before it, and that when something is put there', async () => {
    line = [job('b'), job('c')];
    follow('b');
    await pass(3_000);
    expect(calls).toEqual([]);
    line = [job('c', { hasBegun: true }), job('b')];
    await pass(1_000);
    expect(calls).toEqual(['send 1 to 11']);
    line = [job('b')];
    await pass(1_500);
    expect(calls.slice(1)).toEqual(['delete 101']);
  });

  it('and is taken out loses its notice', async () => {
    line = [running, job('b')];
    follow('b');
    await pass(1);
    line = [running];
    await pass(1_000);
    expect(calls).toEqual(['send 1 to 11', 'delete 101']);
  });

  it('with others that were sent with it has one notice', async () => {
    line = [running, ...['b', 'c', 'd'].map((id) => job(id, {}, { album: 'x' }))];
    follow('b', 'c', 'd');
    await pass(5_000);
    expect(calls).toEqual(['send 1 to 11']);
  });
});

describe('the notices of a chat', () => {
  it('leave room: one call at a time, and the last number is what counts', async () => {
    line = [running, job('b'), job('c'), job('d')];
    follow('b', 'c', 'd');
    await pass(1);
    expect(calls).toHaveLength(1);
    line = [job('c', { hasBegun: true }), job('d')];
    await pass(4_000);
    expect(calls.filter((each) => each.startsWith('send'))).toEqual(['send 1 to 11', 'send 1 to 13']);
    expect(calls).toContain('delete 101');
  });

  it('are kept up to date by the next bot', async () => {
    line = [running, job('b')];
    follow('b');
    await pass(1);
    notices.stop();
    line = [job('b', { hasBegun: true })];
    await pass(5_000);
    expect(calls).toEqual(['send 1 to 11']);
    notices = open();
    await notices.takeOver();
    await pass(1);
    expect(calls[1]).toBe('delete 101');
  });

  it('outlive Redis being away, and a delete that does not come through', async () => {
    line = [running, job('b')];
    follow('b');
    await pass(1);
    isAway = true;
    await pass(5_000);
    [isAway, line] = [false, [job('b', { hasBegun: true })]];
    fail = () => new TelegramFailure('unreachable', 'no connection');
    await pass(2_000);
    fail = undefined;
    await pass(1_000);
    expect(kept.size).toBe(0);
    expect(calls.at(-1)).toBe('delete 101');
    const before = calls.length;
    await pass(10_000);
    expect(calls).toHaveLength(before);
  });

  it('that Telegram refuses are not tried again', async () => {
    line = [running, job('b')];
    fail = () => new TelegramFailure('refused', 'Forbidden', { code: 403 });
    follow('b');
    await pass(10_000);
    expect(calls).toEqual(['send 1 to 11']);
  });
});
