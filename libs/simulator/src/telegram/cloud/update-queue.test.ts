import { describe, expect, test } from 'vitest';
import type { Message, UpdateContent } from '../protocol/api-types.ts';
import { createUpdateQueue, type Poll } from './update-queue.ts';

const HOUR = 60 * 60 * 1000;

function message(text: string): UpdateContent {
  return { message: { message_id: 1, date: 0, chat: { id: 1, type: 'private' }, text } satisfies Message };
}

function poll(parts: Partial<Poll> = {}): Poll {
  return { offset: 0, limit: 100, timeoutMs: 0, allowed: undefined, signal: new AbortController().signal, ...parts };
}

function setUp() {
  let now = 1_000_000;
  const queue = createUpdateQueue(
    () => now,
    () => {},
  );
  const texts = async (parts?: Partial<Poll>) =>
    (await queue.poll(poll(parts))).map((update) =>
      'message' in update ? update.message.text : Object.keys(update)[1],
    );
  const pass = (ms: number) => {
    now += ms;
  };
  return { queue, texts, pass };
}

describe('offsets', () => {
  test('updates come again until an offset above them confirms them', async () => {
    const { queue, texts } = setUp();
    const [first = 0, second = 0] = queue.add([message('a'), message('b')]);
    expect(second).toBe(first + 1);
    expect(await texts()).toEqual(['a', 'b']);
    expect(await texts({ offset: first })).toEqual(['a', 'b']);
    expect(await texts({ offset: second })).toEqual(['b']);
    expect(await texts()).toEqual(['b']);
    expect(await texts({ offset: second + 1 })).toEqual([]);
  });

  test('a negative offset keeps the last ones and forgets those before', async () => {
    const { queue, texts } = setUp();
    queue.add(['a', 'b', 'c'].map(message));
    expect(await texts({ offset: -2 })).toEqual(['b', 'c']);
    expect(await texts()).toEqual(['b', 'c']);
    expect(await texts({ offset: -9 })).toEqual(['b', 'c']);
  });

  test('a limit gives the oldest', async () => {
    const { queue, texts } = setUp();
    queue.add(['a', 'b', 'c'].map(message));
    expect(await texts({ limit: 2 })).toEqual(['a', 'b']);
  });

  test('redelivered updates come before newer ones, under their own ids', async () => {
    const { queue, texts } = setUp();
    const ids = queue.add(['a', 'b', 'c'].map(message));
    await texts({ offset: (ids[2] ?? 0) + 1 });
    queue.add([message('d')]);
    expect(queue.redeliver(2)).toBe(2);
    expect(await texts()).toEqual(['b', 'c', 'd']);
    expect(queue.pending()[0]?.update_id).toBe(ids[1]);
  });

  test('only what was confirmed is redelivered', async () => {
    const { queue, texts } = setUp();
    const ids = queue.add(['a', 'b'].map(message));
    await texts({ offset: ids[1] ?? 0 });
    expect(queue.redeliver(5)).toBe(1);
    expect(await texts()).toEqual(['a', 'b']);
  });

  test('after 24 hours an update is gone', async () => {
    const { queue, texts, pass } = setUp();
    queue.add([message('old')]);
    pass(23 * HOUR);
    queue.add([message('new')]);
    pass(2 * HOUR);
    expect(await texts()).toEqual(['new']);
  });
});

describe('long polls', () => {
  test('a waiting poll gets all updates that are added together', async () => {
    const { queue, texts } = setUp();
    const waiting = texts({ timeoutMs: 60_000 });
    queue.add([message('a'), message('b')]);
    expect(await waiting).toEqual(['a', 'b']);
  });

  test('a second poll makes the waiting one fail with 409', async () => {
    const { queue, texts } = setUp();
    const older = texts({ timeoutMs: 60_000 });
    const newer = texts({ timeoutMs: 60_000 });
    await expect(older).rejects.toMatchObject({
      code: 409,
      description: expect.stringContaining('terminated by other getUpdates'),
    });
    queue.add([message('a')]);
    expect(await newer).toEqual(['a']);
  });

  test('a poll ends empty when its time is over, and when its client is gone', async () => {
    const { texts } = setUp();
    expect(await texts({ timeoutMs: 5 })).toEqual([]);
    const client = new AbortController();
    const waiting = texts({ timeoutMs: 60_000, signal: client.signal });
    client.abort();
    expect(await waiting).toEqual([]);
  });
});

describe('allowed updates', () => {
  const reaction = { message_reaction: {} } as unknown as UpdateContent;

  test('reactions come only to who names them, and the names are remembered', async () => {
    const { queue, texts } = setUp();
    expect(queue.add([reaction])).toEqual([undefined]);
    await texts({ allowed: ['message_reaction'] });
    queue.add([reaction, message('not wanted')]);
    expect(await texts()).toEqual(['message_reaction']);
  });

  test('an empty list stands for everything but those', async () => {
    const { queue, texts } = setUp();
    await texts({ allowed: ['callback_query'] });
    await texts({ allowed: [] });
    queue.add([reaction, message('a')]);
    expect(await texts()).toEqual(['a']);
  });
});
