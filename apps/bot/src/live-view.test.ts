import type { LiveFrame, Place } from '@signalbox/contracts';
import { ANN, GROUP_ID, type Simulator, startSimulator } from '@signalbox/simulator';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestLog } from '../testing/parts.ts';
import type { FloodGate } from './flood-gate.ts';
import { createLiveView, type LiveView, type Streaming } from './live-view.ts';
import { createTelegramApi, type TelegramApi, TelegramFailure } from './telegram-api.ts';

const inPrivate: Place = { chatId: ANN.id };
const inGroup: Place = { chatId: GROUP_ID };
const frame = (place: Place, file?: string, state: LiveFrame['state'] = 'working'): LiveFrame => ({
  place,
  session: 'web',
  turn: 'u-1-1',
  state,
  ...(file === undefined ? {} : { tool: { name: 'Read', input: { file_path: `/x/${file}` } } }),
});
const openGate: FloodGate = {
  pass: async () => undefined,
  close: async () => undefined,
  isClosed: () => false,
  forget: () => undefined,
};

describe('on the simulated Telegram', () => {
  let simulator: Simulator;
  let view: LiveView;
  beforeEach(async () => {
    simulator = await startSimulator();
  });
  afterEach(async () => {
    await view.stop();
    await simulator.close();
  });
  const open = (streaming: Streaming, gate = openGate) => {
    const api = createTelegramApi(simulator.botToken, simulator.url);
    view = createLiveView({ api, streaming, gate, log: createTestLog().log });
  };
  const messages = (chat: number) => simulator.telegram.messages(chat).filter(({ text }) => text.startsWith('⚙️'));
  const sees = (look: () => unknown) => simulator.telegram.waitFor(() => look() || undefined);

  it('a turn in a private chat is a draft, with typing, and leaves nothing behind', async () => {
    open('draft');
    view.show(frame(inPrivate, 'a.json'));
    await sees(() => simulator.telegram.draft(ANN.id)?.text === '⚙️ Reading a.json…');
    expect(simulator.telegram.action(ANN.id)?.action).toBe('typing');
    view.show(frame(inPrivate, undefined, 'ended'));
    expect(messages(ANN.id)).toEqual([]);
  });

  it.each<[Streaming, Place]>([
    ['draft', inGroup],
    ['edit', inGroup],
    ['edit', inPrivate],
  ])('with “%s” a turn in %o is one silent message, which goes when the turn ends', async (streaming, place) => {
    open(streaming);
    view.show(frame(place, 'a.json'));
    await sees(() => messages(place.chatId).some(({ text, silent }) => silent && text === '⚙️ Reading a.json…'));
    view.show(frame(place, undefined, 'ended'));
    await sees(() => messages(place.chatId).length === 0);
  });

  it('that goes on changes the one message there is', async () => {
    open('edit');
    view.show(frame(inPrivate, 'a.json'));
    await sees(() => messages(ANN.id).length === 1);
    view.show(frame(inPrivate, 'b.json'));
    await sees(() => messages(ANN.id).some(({ text }) => text === '⚙️ Reading b.json…'));
    expect(messages(ANN.id)).toHaveLength(1);
  });

  it('with “off” shows typing alone', async () => {
    open('off');
    view.show(frame(inPrivate, 'a.json'));
    await sees(() => simulator.telegram.action(ANN.id));
    await view.stop();
    expect(simulator.telegram.draftFrames(ANN.id)).toEqual([]);
    expect(messages(ANN.id)).toEqual([]);
  });

  it('stopped takes away what would otherwise stay', async () => {
    open('edit');
    view.show(frame(inPrivate, 'a.json'));
    await sees(() => messages(ANN.id).length === 1);
    await view.stop();
    expect(messages(ANN.id)).toEqual([]);
  });

  it('that Telegram refuses is dropped, whatever the refusal', async () => {
    open('edit');
    simulator.telegram.block(ANN.id);
    view.show(frame(inPrivate, 'a.json'));
    await sees(() => simulator.telegram.calls.some(({ method }) => method === 'sendMessage'));
    await view.stop();
  });
});

describe('over time', () => {
  let calls: string[];
  let view: LiveView;
  let fail: ((method: string) => Error | undefined) | undefined;
  let isClosed: boolean;
  beforeEach(() => {
    vi.useFakeTimers();
    calls = [];
    fail = undefined;
    isClosed = false;
  });
  afterEach(async () => {
    await view.stop();
    vi.useRealTimers();
  });

  /** The Bot API as a list of what was called. */
  function open(streaming: Streaming) {
    const call =
      (method: string) =>
      async (_to: unknown, ...rest: unknown[]) => {
        const text = rest.map((each) => (typeof each === 'object' ? (each as { text: string }).text : each)).at(-1);
        calls.push(text === undefined ? method : `${method} ${String(text).replace(/.* (\w+)…$/, '$1')}`);
        const error = fail?.(method);
        if (error) throw error;
        return 77;
      };
    const methods = ['sendMessage', 'editMessage', 'deleteMessage', 'sendDraft', 'sendTyping'] as const;
    const api = Object.fromEntries(methods.map((name) => [name, call(name)])) as unknown as TelegramApi;
    const gate = { ...openGate, isClosed: () => isClosed };
    view = createLiveView({ api, streaming, gate, log: createTestLog().log });
  }
  const shows = () => calls.filter((each) => !each.startsWith('sendTyping'));

  it('the latest view wins: what came too fast in between is never shown', async () => {
    open('draft');
    view.show(frame(inPrivate, 'a'));
    await vi.advanceTimersByTimeAsync(1);
    for (const file of ['b', 'c', 'd']) view.show(frame(inPrivate, file));
    await vi.advanceTimersByTimeAsync(399);
    expect(shows()).toEqual(['sendDraft a', 'sendDraft d']);
  });

  it('edits are fewer than drafts', async () => {
    open('edit');
    for (let ms = 0; ms < 2_900; ms += 100) {
      view.show(frame(inPrivate, `f${ms}`));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(shows().map((each) => each.split(' ')[0])).toEqual(['sendMessage', 'editMessage']);
  });

  it('typing is shown every few seconds while the turn runs, and no more often', async () => {
    open('off');
    for (let ms = 0; ms < 12_000; ms += 500) {
      view.show(frame(inPrivate));
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(calls.map((each) => each.split(' ')[0])).toEqual(['sendTyping', 'sendTyping', 'sendTyping']);
  });

  it('a draft of a tool that takes long is shown again before it vanishes; a message stays by itself', async () => {
    open('draft');
    for (const place of [inPrivate, inGroup]) view.show(frame(place, 'long'));
    for (let ms = 0; ms < 29_000; ms += 3_500) {
      await vi.advanceTimersByTimeAsync(3_500);
      for (const place of [inPrivate, inGroup]) view.show(frame(place, 'long'));
    }
    expect(shows().sort()).toEqual(['sendDraft long', 'sendDraft long', 'sendMessage long']);
  });

  it('a turn of which nothing more is heard counts as ended', async () => {
    open('edit');
    view.show(frame(inPrivate, 'a'));
    await vi.advanceTimersByTimeAsync(14_999);
    expect(shows()).toEqual(['sendMessage a']);
    await vi.advanceTimersByTimeAsync(1);
    expect(shows()).toEqual(['sendMessage a', 'deleteMessage 77']);
  });

  it('what waits to be shown when the turn ends is not shown any more', async () => {
    open('edit');
    view.show(frame(inPrivate, 'a'));
    await vi.advanceTimersByTimeAsync(1);
    view.show(frame(inPrivate, 'b'));
    view.show(frame(inPrivate, undefined, 'ended'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(shows()).toEqual(['sendMessage a', 'deleteMessage 77']);
  });

  it('a closed chat gets neither views nor typing', async () => {
    isClosed = true;
    open('edit');
    view.show(frame(inPrivate, 'a'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(calls).toEqual([]);
  });

  it('after “too many requests” it is silent for as long as Telegram says', async () => {
    open('edit');
    fail = () => new TelegramFailure('flood', 'Too Many Requests', { code: 429, retryAfterMs: 10_000 });
    view.show(frame(inPrivate, 'a'));
    await vi.advanceTimersByTimeAsync(1);
    fail = undefined;
    const before = shows().length;
    for (let ms = 0; ms < 9_000; ms += 1_500) {
      view.show(frame(inPrivate, `f${ms}`));
      await vi.advanceTimersByTimeAsync(1_500);
    }
    expect(shows()).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(1_500);
    view.show(frame(inPrivate, 'again'));
    await vi.advanceTimersByTimeAsync(1_500);
    expect(shows().at(-1)).toBe('sendMessage again');
  });

  it('places do not disturb each other, topics of a chat neither', async () => {
    open('edit');
    for (const threadId of [1, 2]) view.show(frame({ ...inGroup, threadId }, `t${threadId}`));
    await vi.advanceTimersByTimeAsync(1);
    expect(shows()).toEqual(['sendMessage t1', 'sendMessage t2']);
  });
});
