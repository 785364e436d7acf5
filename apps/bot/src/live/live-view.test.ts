import type { LiveFrame, Place } from '@signalbox/contracts';
import { pause } from '@signalbox/service';
import { ANN, GROUP_ID, type Simulator, startSimulator } from '@signalbox/simulator';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestLog } from '../../testing/bot-world.ts';
import { type ChatPace, createChatPace } from '../telegram/chat-pace.ts';
import type { FloodGate } from '../telegram/flood-gate.ts';
import { createTelegramApi, type TelegramApi, TelegramFailure } from '../telegram/telegram-api.ts';
import type { LiveMessages } from './live-messages.ts';
import { createLiveView, type LiveView } from './live-view.ts';
import type { Streaming } from './place-view.ts';
import { createStopButtons, draftIdOf } from './stop-button.ts';

const inPrivate: Place = { chatId: ANN.id };
const inGroup: Place = { chatId: GROUP_ID };
const frame = (place: Place, more: Partial<LiveFrame> = {}): LiveFrame => ({
  place,
  session: 'web',
  turn: 'u-1-1',
  state: 'working',
  ...more,
});
const reading = (place: Place, file: string) =>
  frame(place, { tool: { name: 'Read', input: { file_path: `/x/${file}` } } });
const ended = (place: Place) => frame(place, { state: 'ended' });
const openGate: FloodGate = {
  pass: async () => undefined,
  close: async () => undefined,
  isClosed: () => false,
  forget: () => undefined,
};
const stopButtons = createStopButtons('a secret');

/** The notes of live messages, in memory. */
function createNotes(): LiveMessages & { readonly noted: Map<string, { place: Place; messageId: number }> } {
  const noted = new Map<string, { place: Place; messageId: number }>();
  return {
    noted,
    keep: async (place, messageId) => void noted.set(JSON.stringify(place), { place, messageId }),
    forget: async (place) => void noted.delete(JSON.stringify(place)),
    all: async () => [...noted.values()],
  };
}

describe('on the simulated Telegram', () => {
  let simulator: Simulator;
  let view: LiveView;
  let notes: ReturnType<typeof createNotes>;
  beforeEach(async () => {
    simulator = await startSimulator();
    notes = createNotes();
  });
  afterEach(async () => {
    await view.stop();
    await simulator.close();
  });
  const open = (streaming: Streaming) => {
    const api = createTelegramApi(simulator.botToken, simulator.url);
    const world = { api, gate: openGate, pace: createChatPace(pause), messages: notes, stopButtons };
    view = createLiveView({ ...world, streaming, log: createTestLog().log });
  };
  const messages = (chat: number) =>
    simulator.telegram.messages(chat).filter(({ from, text }) => from.isBot && text !== '');
  const sees = (look: () => unknown) => simulator.telegram.waitFor(() => look() || undefined);

  it('a turn in a private chat is a draft that can be stopped, with typing, and leaves nothing behind', async () => {
    open('draft');
    view.show(frame(inPrivate));
    await sees(() => simulator.telegram.draft(ANN.id)?.text === '');
    view.show(frame(inPrivate, { text: 'Some **bold `co', tool: { name: 'Read', input: { file_path: 'a.json' } } }));
    await sees(() => simulator.telegram.draft(ANN.id)?.text === 'Some **bold `co\n\n⚙️ Reading a.json…');
    expect(simulator.telegram.draft(ANN.id)).toMatchObject({ canStop: true, draftId: draftIdOf('u-1-1') });
    expect(simulator.telegram.action(ANN.id)?.action).toBe('typing');
    view.show(ended(inPrivate));
    expect(messages(ANN.id)).toEqual([]);
  });

  it.each<[Streaming, Place]>([
    ['draft', inGroup],
    ['edit', inGroup],
    ['edit', inPrivate],
  ])(
    'with “%s” a turn in %o is one silent message with a button, which goes when the turn ends',
    async (streaming, place) => {
      open(streaming);
      view.show(reading(place, 'a.json'));
      await sees(() => messages(place.chatId).some(({ text, silent }) => silent && text === '⚙️ Reading a.json…'));
      const [message] = messages(place.chatId);
      const [[button] = []] = message?.buttons ?? [];
      expect(stopButtons.turnOf(place.chatId, button?.data)).toBe('u-1-1');
      view.show(ended(place));
      await sees(() => messages(place.chatId).length === 0);
      await expect.poll(() => notes.noted.size).toBe(0);
    },
  );

  it('that goes on changes the one message there is, and its button stays', async () => {
    open('edit');
    view.show(reading(inPrivate, 'a.json'));
    await sees(() => messages(ANN.id).length === 1);
    view.show(reading(inPrivate, 'b.json'));
    await sees(() => messages(ANN.id).some(({ text }) => text === '⚙️ Reading b.json…'));
    expect(messages(ANN.id)).toHaveLength(1);
    expect(messages(ANN.id)[0]?.buttons).toHaveLength(1);
  });

  it('that waits for a person says so, and nobody types', async () => {
    open('draft');
    view.show({ ...reading(inPrivate, 'a.json'), heldUpBy: 'answer' });
    await sees(() => simulator.telegram.draft(ANN.id)?.text === '✋ Waiting for your answer');
    expect(simulator.telegram.action(ANN.id)).toBeUndefined();
  });

  it('with “off” shows typing alone', async () => {
    open('off');
    view.show(reading(inPrivate, 'a.json'));
    await sees(() => simulator.telegram.action(ANN.id));
    await view.stop();
    expect(simulator.telegram.draftFrames(ANN.id)).toEqual([]);
    expect(messages(ANN.id)).toEqual([]);
  });

  it('stopped takes away what would otherwise stay', async () => {
    open('edit');
    view.show(reading(inPrivate, 'a.json'));
    await sees(() => messages(ANN.id).length === 1);
    await view.stop();
    expect(messages(ANN.id)).toEqual([]);
  });

  it('takes over what a bot that was killed has left behind: it goes, or its turn is shown on', async () => {
    open('edit');
    const api = createTelegramApi(simulator.botToken, simulator.url);
    const left = await api.sendMessage(inPrivate, { text: 'left', entities: [] });
    await notes.keep(inPrivate, left);
    await view.takeOver();
    view.show(reading(inPrivate, 'a.json'));
    await sees(() => messages(ANN.id).some(({ text }) => text.includes('a.json')));
    expect(messages(ANN.id)).toHaveLength(1);
    await view.stop();
    expect(messages(ANN.id)).toEqual([]);
  });

  it.each(['Bad Request: TEXTDRAFT_PEER_INVALID', 'Bad Request: chat is not a forum', 'Not Found'])(
    'is a message where Telegram takes no drafts (%s), from the first refusal on',
    async (description) => {
      open('draft');
      const effect = { error: { code: description === 'Not Found' ? 404 : 400, description } };
      simulator.telegram.faults.add({ method: 'sendMessageDraft', times: 9, effect });
      view.show(reading(inPrivate, 'a.json'));
      await sees(() => messages(ANN.id).some(({ text }) => text.includes('a.json')));
      view.show(ended(inPrivate));
      view.show(reading(inPrivate, 'c.json'));
      await sees(() => messages(ANN.id).some(({ text }) => text.includes('c.json')));
      expect(simulator.telegram.calls.filter(({ method }) => method === 'sendMessageDraft')).toHaveLength(1);
    },
  );

  it('that Telegram refuses is dropped, whatever the refusal', async () => {
    open('edit');
    simulator.telegram.block(ANN.id);
    view.show(reading(inPrivate, 'a.json'));
    await sees(() => simulator.telegram.calls.some(({ method }) => method === 'sendMessage'));
    await view.stop();
  });
});

describe('over time', () => {
  let calls: string[];
  let view: LiveView;
  let pace: ChatPace;
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
    let sent = 76;
    const call =
      (method: string) =>
      async (_to: unknown, ...rest: unknown[]) => {
        const shown = rest
          .map((each) => (each as { text?: string } | undefined)?.text ?? each)
          .find((each) => each !== undefined);
        const text = rest
          .map((each) => (each as { text?: string } | undefined)?.text)
          .find((each) => each !== undefined);
        const what = text ?? shown;
        calls.push(what === undefined ? method : `${method} ${String(what).replace(/^.* (\w+)….*$/, '$1')}`);
        const error = fail?.(method);
        if (error) throw error;
        if (method === 'sendMessage') sent += 1;
        return sent;
      };
    const methods = ['sendMessage', 'editMessage', 'deleteMessage', 'sendDraft', 'sendTyping'] as const;
    const api = Object.fromEntries(methods.map((name) => [name, call(name)])) as unknown as TelegramApi;
    pace = createChatPace(pause);
    const gate = { ...openGate, isClosed: () => isClosed };
    const world = { api, gate, pace, messages: createNotes(), stopButtons };
    view = createLiveView({ ...world, streaming, log: createTestLog().log });
  }
  const shows = () => calls.filter((each) => !each.startsWith('sendTyping'));
  /** A reply is shown in a place. */
  const reply = async (place: Place) => (await pace.holdFrames(place))();
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  it('the latest view wins: what came too fast in between is never shown', async () => {
    open('draft');
    view.show(reading(inPrivate, 'a'));
    await pass(1);
    for (const file of ['b', 'c', 'd']) view.show(reading(inPrivate, file));
    await pass(399);
    expect(shows()).toEqual(['sendDraft a', 'sendDraft d']);
  });

  it.each([
    ['a private chat', inPrivate, 1_100],
    ['a group', inGroup, 3_000],
  ])('edits in %s are few, and for a turn that is over soon there is no message', async (_where, place, leastMs) => {
    open('edit');
    view.show(frame(place, { runningMs: 500, text: 'f' }));
    await pass(999);
    expect(shows()).toEqual([]);
    await pass(1);
    for (let at = 1; at <= 30; at += 1) {
      view.show(reading(place, `f${at}`));
      await pass(leastMs / 10);
    }
    expect(shows().map((each) => each.split(' ')[0])).toEqual([
      'sendMessage',
      'editMessage',
      'editMessage',
      'editMessage',
    ]);
  });

  it('typing is shown every few seconds while the turn runs, and no more often', async () => {
    open('off');
    for (let ms = 0; ms < 12_000; ms += 500) {
      view.show(frame(inPrivate));
      await pass(500);
    }
    expect(calls.map((each) => each.split(' ')[0])).toEqual(['sendTyping', 'sendTyping', 'sendTyping']);
  });

  it('a draft of a tool that takes long is shown again before it vanishes; a message stays by itself', async () => {
    open('draft');
    for (let ms = 0; ms < 29_000; ms += 3_500) {
      for (const place of [inPrivate, inGroup]) view.show(reading(place, 'long'));
      await pass(3_500);
    }
    expect(shows().sort()).toEqual(['sendDraft long', 'sendDraft long', 'sendMessage long']);
  });

  it('a turn of which nothing more is heard counts as ended', async () => {
    open('edit');
    view.show(reading(inPrivate, 'a'));
    await pass(14_999);
    expect(shows()).toEqual(['sendMessage a']);
    await pass(1);
    expect(shows()).toEqual(['sendMessage a', 'deleteMessage 77']);
  });

  it('what waits to be shown when the turn ends is not shown any more', async () => {
    open('edit');
    view.show(reading(inPrivate, 'a'));
    await pass(1_600);
    view.show(reading(inPrivate, 'b'));
    view.show(ended(inPrivate));
    await pass(5_000);
    expect(shows()).toEqual(['sendMessage a', 'deleteMessage 77']);
  });

  it('a closed chat gets neither views nor typing', async () => {
    isClosed = true;
    open('edit');
    view.show(reading(inPrivate, 'a'));
    await pass(2_000);
    expect(calls).toEqual([]);
  });

  it('after “too many requests” it is silent for as long as Telegram says', async () => {
    open('edit');
    fail = (method) =>
      method === 'sendTyping'
        ? undefined
        : new TelegramFailure('flood', 'Too Many Requests', { code: 429, retryAfterMs: 10_000 });
    view.show(reading(inPrivate, 'a'));
    await pass(1);
    fail = undefined;
    const before = shows().length;
    for (let ms = 0; ms < 9_000; ms += 1_500) {
      view.show(reading(inPrivate, `f${ms}`));
      await pass(1_500);
    }
    expect(shows()).toHaveLength(before);
    view.show(reading(inPrivate, 'again'));
    await pass(3_500);
    expect(shows().at(-1)).toBe('sendMessage again');
  });

  it('a chat that forbids it is left alone, and a message that was deleted is sent anew', async () => {
    open('edit');
    fail = (method) =>
      method === 'sendMessage' ? new TelegramFailure('refused', 'Forbidden', { code: 403 }) : undefined;
    for (let ms = 0; ms < 20_000; ms += 1_000) {
      view.show(reading(inPrivate, `f${ms}`));
      view.show(reading(inGroup, 'a'));
      await pass(1_000);
    }
    expect(shows()).toHaveLength(2);
    const gone = new TelegramFailure('refused', 'Bad Request: message to edit not found', { code: 400 });
    fail = (method) => (method === 'editMessage' ? gone : undefined);
    await view.stop();
    await pass(60_000);
    for (const file of ['a', 'b', 'c']) {
      view.show(reading(inPrivate, file));
      await pass(1_500);
    }
    expect(shows().slice(2)).toEqual(['sendMessage a', 'editMessage b', 'sendMessage c']);
  });

  it('the topics of a chat share its limit and take turns; other chats have their own', async () => {
    open('edit');
    const topics = [1, 2].map((threadId) => ({ ...inGroup, threadId }));
    for (let ms = 0; ms < 12_000; ms += 500) {
      for (const place of [...topics, inPrivate]) view.show(reading(place, `t${place.threadId ?? 0}at${ms}`));
      await pass(500);
    }
    const topicOf = (each: string) => /t(\d)at/.exec(each)?.[1];
    expect(
      shows()
        .map(topicOf)
        .filter((topic) => topic !== '0'),
    ).toEqual(['1', '2', '1', '2', '1']);
    expect(
      shows()
        .map(topicOf)
        .filter((topic) => topic === '0').length,
    ).toBeGreaterThan(5);
  });

  it('a reply comes first: no frame is begun while one is sent and just after, and it waits for the one under way', async () => {
    open('draft');
    let arrive: () => void = () => undefined;
    view.show(reading(inPrivate, 'a'));
    await pass(1);
    const slow = pace.sendFrame(inPrivate, 'draft', () => new Promise<void>((resolve) => (arrive = resolve)));
    let isHeld = false;
    const held = pace.holdFrames(inPrivate).then((release) => {
      isHeld = true;
      return release;
    });
    view.show(reading(inPrivate, 'b'));
    await pass(400);
    expect([isHeld, shows()]).toEqual([false, ['sendDraft a']]);
    arrive();
    await slow;
    const release = await held;
    await pass(5_000);
    expect(shows()).toEqual(['sendDraft a']);
    release();
    await pass(499);
    expect(shows()).toEqual(['sendDraft a']);
    await pass(500);
    expect(shows()).toEqual(['sendDraft a', 'sendDraft b']);
  });

  it('a draft that a reply took away is shown again, but not a bare one while the turn is most likely over', async () => {
    open('draft');
    view.show(reading(inPrivate, 'a'));
    await pass(1_000);
    await reply(inPrivate);
    view.show(reading(inPrivate, 'a'));
    await pass(1_000);
    expect(shows()).toEqual(['sendDraft a', 'sendDraft a']);
    await reply(inPrivate);
    view.show(frame(inPrivate));
    await pass(2_900);
    expect(shows()).toHaveLength(2);
    await pass(200);
    view.show(frame(inPrivate));
    await pass(100);
    expect(shows()).toHaveLength(3);
  });

  it('a bare draft is not shown just after Claude has spoken, also when another bot shows the reply', async () => {
    open('draft');
    view.show(frame(inPrivate, { text: 'x', said: 0 }));
    await pass(1_000);
    view.show(frame(inPrivate, { said: 1 }));
    await pass(2_900);
    expect(shows()).toEqual(['sendDraft x']);
  });

  it('a chat whose draft was refused gets messages for an hour, and then drafts again', async () => {
    open('draft');
    const refused = new TelegramFailure('refused', 'Bad Request: no', { code: 400 });
    fail = (method) => (method === 'sendDraft' ? refused : undefined);
    for (let ms = 0; ms < 8_000; ms += 250) {
      view.show(reading(inPrivate, `f${ms}`));
      await pass(250);
    }
    fail = undefined;
    expect(shows().filter((each) => each.startsWith('sendDraft'))).toHaveLength(1);
    expect(shows()[1]).toMatch(/^sendMessage f/);
    const before = shows().length;
    for (const waitMs of [3_590_000 - 8_000, 10_000]) {
      view.show(ended(inPrivate));
      await pass(waitMs);
      view.show(reading(inPrivate, 'next'));
      await pass(1_000);
    }
    const ways = shows()
      .slice(before)
      .filter((each) => !each.startsWith('delete'));
    expect(ways).toEqual(['sendMessage next', 'sendDraft next']);
  });

  it('a view that is refused is not tried again and again, and typing does not silence it', async () => {
    open('edit');
    const refused = new TelegramFailure('refused', 'Bad Request: not enough rights', { code: 400 });
    fail = (method) => (method === 'sendTyping' ? refused : undefined);
    view.show(reading(inPrivate, 'a'));
    await pass(2_000);
    expect(shows()).toEqual(['sendMessage a']);
    fail = () => refused;
    for (let ms = 0; ms < 8_000; ms += 250) {
      view.show(reading(inPrivate, `f${ms}`));
      await pass(250);
    }
    expect(calls.filter((each) => each.startsWith('editMessage'))).toHaveLength(1);
    expect(calls.filter((each) => each.startsWith('sendTyping'))).toHaveLength(1);
  });

  it('the message stays below the replies', async () => {
    open('edit');
    view.show(reading(inPrivate, 'a'));
    await pass(2_000);
    await reply(inPrivate);
    view.show(reading(inPrivate, 'b'));
    await pass(2_000);
    expect(shows()).toEqual(['sendMessage a', 'deleteMessage 77', 'sendMessage b']);
  });

  it('of two sessions at work for one place the one that began last is shown', async () => {
    open('draft');
    view.show(reading(inPrivate, 'old'));
    await pass(500);
    view.show({ ...reading(inPrivate, 'new'), turn: 'u-1-2', session: 'other' });
    await pass(500);
    view.show(reading(inPrivate, 'older'));
    view.show(ended(inPrivate));
    await pass(500);
    expect(shows()).toEqual(['sendDraft old', 'sendDraft new']);
    expect(view.runningIn(inPrivate)).toEqual({ session: 'other', turn: 'u-1-2' });
  });
});
