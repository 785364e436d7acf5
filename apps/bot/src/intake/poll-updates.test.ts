import { ANN, BOB } from '@signalbox/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BotWorld, createShortPause, createTestLog, deferred, startBotWorld } from '../../testing/bot-world.ts';
import { createTelegramHealth } from '../telegram/telegram-health.ts';
import { pollUpdates } from './poll-updates.ts';
import { updateIdOf } from './reading/read-update.ts';

const { pause, pauses } = createShortPause();

let world: BotWorld;
let stopping: AbortController;
let running: Promise<unknown>[];
beforeEach(async () => {
  world = await startBotWorld();
  stopping = new AbortController();
  running = [];
  pauses.length = 0;
});
afterEach(async () => {
  stopping.abort();
  await Promise.allSettled(running);
  await world.stop();
});

/** A bot that polls, as a process of its own; `handled` are the texts of the updates it took, in order. */
async function startPolling(
  handle: (text: string, mayAct: () => Promise<void>) => Promise<void> = async () => undefined,
) {
  const { leases } = await world.open();
  const { log, lines, logged } = createTestLog();
  const handled: string[] = [];
  const polls = [deferred(), deferred()] as const;
  const own = new AbortController();
  const signal = AbortSignal.any([stopping.signal, own.signal]);
  const polling = pollUpdates(
    {
      getUpdates: world.api.getUpdates,
      acquire: leases.acquire,
      botId: 7,
      pause,
      health: createTelegramHealth('http://t.example', log),
      log,
      async handle(raw, mayAct) {
        const { text } = (raw as { message: { text: string } }).message;
        await handle(text, mayAct);
        handled.push(text);
      },
      onPolling: (now) => polls[now ? 0 : 1].resolve(),
    },
    signal,
  );
  running.push(polling);
  polling.catch(() => undefined);
  const isPolling = polls[0].promise;
  return { polling, handled, lines, logged, isPolling, stop: () => own.abort() };
}

const say = (text: string, from = ANN.id) => world.telegram.say({ from, text });
const unconfirmed = () => world.telegram.pendingUpdates.map((update) => updateIdOf(update));
/** Resolves when the server has been told that all updates were taken. */
const allConfirmed = () => expect.poll(unconfirmed, { interval: 5, timeout: 5_000 }).toEqual([]);

describe('polling', () => {
  it('takes the updates of a batch in the order they came, one at a time', async () => {
    const texts = Array.from({ length: 30 }, (_, i) => `t${i}`);
    world.telegram.sayBatch(texts.map((text, i) => ({ from: i % 2 ? ANN.id : BOB.id, text })));
    let atOnce = 0;
    const { handled } = await startPolling(async () => {
      atOnce += 1;
      expect(atOnce).toBe(1);
      await Promise.resolve();
      atOnce -= 1;
    });
    await allConfirmed();
    expect(handled).toEqual(texts);
  });

  it('confirms an update only when it was taken', async () => {
    const [begun, mayEnd] = [deferred(), deferred()];
    const { updateId } = say('slow');
    const { handled } = await startPolling(async () => {
      begun.resolve();
      await mayEnd.promise;
    });
    await begun.promise;
    expect(unconfirmed()).toEqual([updateId]);
    mayEnd.resolve();
    await allConfirmed();
    expect(handled).toEqual(['slow']);
  });

  it('tries an update that could not be written down again, before the next', async () => {
    let failures = 2;
    const { handled, lines } = await startPolling(async (text) => {
      if (text === 'second' && failures-- > 0) throw new Error('Connection is closed.');
    });
    world.telegram.sayBatch(['first', 'second', 'third'].map((text) => ({ from: ANN.id, text })));
    await allConfirmed();
    expect(handled).toEqual(['first', 'second', 'third']);
    expect(lines.filter(({ msg }) => /could not be written down/.test(String(msg)))).toHaveLength(2);
  });

  it('told to stop while an update waits leaves it, and those behind it, for the next bot', async () => {
    const stuck = deferred();
    const sent = world.telegram.sayBatch(['first', 'second'].map((text) => ({ from: ANN.id, text })));
    const first = await startPolling(async () => {
      stuck.resolve();
      throw new Error('Redis is away');
    });
    await stuck.promise;
    first.stop();
    await first.polling;
    expect(first.handled).toEqual([]);
    expect(unconfirmed()).toEqual(sent.map(({ updateId }) => updateId));
    const second = await startPolling();
    await allConfirmed();
    expect(second.handled).toEqual(['first', 'second']);
  });

  it('asks for the kinds of updates that it reads, by name', async () => {
    const { handled } = await startPolling();
    const { message } = say('hello');
    await allConfirmed();
    expect(handled).toEqual(['hello']);
    expect(world.telegram.calls[0]?.params).toMatchObject({
      allowed_updates: ['message', 'edited_message', 'callback_query', 'stopped_message_generation'],
    });
    expect(world.telegram.react({ from: ANN.id, messageId: message.id, emoji: '👍' }).updateId).toBeUndefined();
  });
});

describe('a refused request', () => {
  it('for another poller is said loudly, and polling goes on when it is gone', async () => {
    world.telegram.faults.add({ method: 'getUpdates', effect: refusal(409, 'Conflict: terminated'), times: 2 });
    const { handled, lines } = await startPolling();
    say('hello');
    await allConfirmed();
    expect(handled).toEqual(['hello']);
    expect(lines.map(({ level }) => level)).toEqual([50, 30]);
    expect(lines[0]?.msg).toMatch(/Another program polls Telegram/);
    expect(pauses).toEqual([5_000, 5_000]);
  });

  it.each([
    [401, 'Unauthorized'],
    [404, 'Not Found'],
  ])('of the token (%i) says what to check, and is tried again at growing intervals', async (code, description) => {
    world.telegram.faults.add({ method: 'getUpdates', effect: refusal(code, description), times: 7 });
    const { handled, lines } = await startPolling();
    say('hello');
    await allConfirmed();
    expect(handled).toEqual(['hello']);
    expect(lines[0]?.msg).toMatch(/Check TELEGRAM_BOT_TOKEN/);
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toContain(world.simulator.botToken);
    expect(pauses[0]).toBeLessThanOrEqual(5_000);
    expect(pauses[6]).toBeGreaterThanOrEqual(60_000);
  });

  it('for too many requests is waited for as long as Telegram says', async () => {
    world.telegram.faults.add({ method: 'getUpdates', effect: refusal(429, 'Too Many Requests: retry after 17', 17) });
    const { handled } = await startPolling();
    say('hello');
    await allConfirmed();
    expect(handled).toEqual(['hello']);
    expect(pauses).toEqual([17_000]);
  });

  it.each(['badGateway', 'cutBefore', 'cutAfter'] as const)(
    'by %s is tried again, and nothing is lost',
    async (effect) => {
      say('before');
      world.telegram.faults.add({ method: 'getUpdates', effect });
      const { handled } = await startPolling();
      await allConfirmed();
      expect(handled).toEqual(['before']);
    },
  );
});

describe('a second bot', () => {
  it('that polls instead is left alone by an update that the first is in the middle of', async () => {
    const { redis } = await world.open();
    const tries: string[] = [];
    await startPolling(async (text, mayAct) => {
      tries.push(text);
      await mayAct();
      // As if it had been frozen here until another was granted the lease.
      await redis.set('signalbox:{poll-7}:lease', 'another');
      const may = () => mayAct().then(() => 'may', String);
      await expect.poll(may, { timeout: 5_000 }).toMatch(/no longer held/);
      tries.push('over');
      throw new Error('Redis is away');
    });
    say('first');
    await expect.poll(() => tries, { timeout: 10_000 }).toEqual(['first', 'over']);
  });

  it('stands by while the first polls, and takes over when that one stops', async () => {
    const first = await startPolling();
    await first.isPolling;
    const second = await startPolling();
    say('to the first');
    await allConfirmed();
    first.stop();
    await second.isPolling;
    say('to the second');
    await allConfirmed();
    expect([first.handled, second.handled]).toEqual([['to the first'], ['to the second']]);
    expect([...first.lines, ...second.lines].filter(({ level }) => level === 50)).toEqual([]);
  });
});

function refusal(code: number, description: string, retryAfter?: number) {
  return { error: { code, description, ...(retryAfter ? { parameters: { retry_after: retryAfter } } : {}) } };
}
