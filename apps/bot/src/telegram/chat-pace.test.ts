import type { Place } from '@signalbox/contracts';
import type { Pause } from '@signalbox/service';
import { OFFICIAL_LIMITS } from '@signalbox/simulator';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ChatPace, createChatPace } from './chat-pace.ts';

const inPrivate: Place = { chatId: 7 };
const inGroup: Place = { chatId: -7 };
const never = new AbortController().signal;

/** The product's own waits by timers that cannot be faked. */
const pause: Pause = (ms, signal) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => resolve());
  });

let pace: ChatPace;
beforeEach(() => {
  vi.useFakeTimers();
  pace = createChatPace(pause);
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const frame = (place: Place) => pace.sendFrame(place, 'edit', async () => undefined);
const reply = async (place: Place) => {
  const release = await pace.holdFrames(place);
  await pace.passReply(place.chatId, never);
  release();
};

/** A limit as the server counts it. */
class Bucket {
  #left: number;
  #at = performance.now();
  readonly #perMs: number;
  readonly #burst: number;
  constructor(perMs: number, burst: number) {
    this.#perMs = perMs;
    this.#burst = burst;
    this.#left = burst;
  }
  get left(): number {
    const now = performance.now();
    this.#left = Math.min(this.#burst, this.#left + (now - this.#at) * this.#perMs);
    this.#at = now;
    return this.#left;
  }
  take(): void {
    this.#left = this.left - 1;
  }
}
const { perChatPerSecond, perChatBurst, perGroupPerMinute } = OFFICIAL_LIMITS;
const bucketsOf = ({ chatId }: Place) => [
  new Bucket(perChatPerSecond / 1_000, perChatBurst),
  ...(chatId < 0 ? [new Bucket(perGroupPerMinute / 60_000, perGroupPerMinute)] : []),
];

describe('the pace of a chat', () => {
  it.each([
    ['a private chat', inPrivate],
    ['a group', inGroup],
  ])(
    'leaves room for a reply at any moment in %s, with frames as fast as may be and a reply now and then',
    async (_where, place) => {
      const buckets = bucketsOf(place);
      const take = () => {
        for (const bucket of buckets) bucket.take();
      };
      let frames = 0;
      for (let at = 0; at < 300_000; at += 100) {
        if (pace.frameWaitMs(place, 'edit') === 0) {
          await frame(place);
          take();
          frames += 1;
        }
        if (at % 12_300 === 0) {
          await reply(place);
          take();
        }
        await pass(100);
        expect(Math.min(...buckets.map(({ left }) => left))).toBeGreaterThanOrEqual(1);
      }
      expect(frames).toBeGreaterThan(50);
    },
  );

  it('lets the topics of a chat take turns, however often each asks, and waits for none that asks no more', async () => {
    const frames: string[] = [];
    const ask = async (name: string, threadId: number) => {
      if (pace.frameWaitMs({ ...inGroup, threadId }, 'edit') > 0) return;
      frames.push(name);
      await frame({ ...inGroup, threadId });
    };
    for (let at = 0; at < 24_000; at += 100) {
      await ask('often', 1);
      if (at % 1_000 === 500 && at < 15_000) await ask('seldom', 2);
      await pass(100);
    }
    expect(frames.slice(0, 5)).toEqual(['often', 'seldom', 'often', 'seldom', 'often']);
    expect(frames.slice(-2)).toEqual(['often', 'often']);
  });

  it('does not hold up replies as long as Telegram refuses none', async () => {
    const start = performance.now();
    for (let sent = 0; sent < 10; sent += 1) await reply(inPrivate);
    expect(performance.now()).toBe(start);
  });

  it('gives replies one by one after a refusal, for a minute, in that chat alone', async () => {
    pace.slowDown(inPrivate.chatId, 1_000);
    const sentAt: number[] = [];
    const start = performance.now();
    const sending = (async () => {
      for (let sent = 0; sent < 3; sent += 1) {
        await reply(inPrivate);
        sentAt.push(performance.now() - start);
      }
    })();
    await reply(inGroup);
    expect(performance.now()).toBe(start);
    await pass(5_000);
    await sending;
    const gaps = sentAt.map((at, index) => at - (sentAt[index - 1] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...gaps)).toBeLessThan(1_200);
    await pass(60_000);
    const later = performance.now();
    for (let sent = 0; sent < 6; sent += 1) await reply(inPrivate);
    expect(performance.now()).toBe(later);
  });

  it('ends the wait of a reply when the process stops', async () => {
    const stop = new AbortController();
    pace.slowDown(inPrivate.chatId, 1_000);
    const waiting = pace.passReply(inPrivate.chatId, stop.signal);
    stop.abort(new Error('stopping'));
    await expect(waiting).rejects.toThrow('stopping');
  });

  it('holds a reply up for half a second at most when a frame hangs', async () => {
    void pace.sendFrame(inPrivate, 'draft', () => new Promise(() => undefined));
    let isHeld = false;
    void pace.holdFrames(inPrivate).then(() => {
      isHeld = true;
    });
    await pass(499);
    expect(isHeld).toBe(false);
    await pass(1);
    expect(isHeld).toBe(true);
  });

  it('counts the replies of each place', async () => {
    await reply({ ...inGroup, threadId: 1 });
    expect(pace.repliesIn({ ...inGroup, threadId: 1 }).count).toBe(1);
    expect(pace.repliesIn({ ...inGroup, threadId: 2 }).count).toBe(0);
  });
});
