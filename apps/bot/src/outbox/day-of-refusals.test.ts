import { CONTRACT_VERSION, replyQueue } from '@signalbox/contracts';
import type { Queues } from '@signalbox/queues';
import type { Pause } from '@signalbox/service';
import { ANN, type FaultRule } from '@signalbox/simulator';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BotWorld, createTestLog, freePace, startBotWorld } from '../../testing/bot-world.ts';
import { createExpectations } from '../asking/expectations.ts';
import { createKeptQuestions } from '../asking/keep-questions.ts';
import { createEarlierFiles } from '../files/earlier-files.ts';
import { createFloodGate } from '../telegram/flood-gate.ts';
import { createSay } from '../telegram/say.ts';
import { createTelegramApi } from '../telegram/telegram-api.ts';
import { createTopicNames } from '../telegram/topic-names.ts';
import { createOutbox } from './send-replies.ts';
import { createSentJournal } from './sent-journal.ts';

const DAY_MS = 24 * 3_600_000;

let world: BotWorld;
let queues: Queues;
beforeEach(async () => {
  world = await startBotWorld();
  queues = await world.open();
  // The date alone: timers, and with them the leases, are real.
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await world.stop();
});

/** Ways in which Telegram refuses, for certain without showing anything. `undefined`: nothing listens. */
const refusals: (FaultRule['effect'] | undefined)[] = [
  'badGateway',
  { error: { code: 500, description: 'Internal Server Error' } },
  { error: { code: 429, description: 'Too Many Requests: retry after 300', parameters: { retry_after: 300 } } },
  undefined,
];

/** A Telegram that refuses one way after the other until a day has passed on a clock that only waiting moves. */
function startDay() {
  const began = Date.now();
  const passed = () => Date.now() - began;
  const reachable = world.api;
  const unreachable = createTelegramApi(world.simulator.botToken, 'http://127.0.0.1:1');
  let tries = 0;
  const sendMessage: typeof reachable.sendMessage = (...args) => {
    world.telegram.faults.clear();
    if (passed() >= DAY_MS) return reachable.sendMessage(...args);
    tries += 1;
    const effect = refusals[tries % refusals.length];
    if (effect === undefined) return unreachable.sendMessage(...args);
    world.telegram.faults.add({ method: 'sendMessage', effect });
    return reachable.sendMessage(...args);
  };
  const pause: Pause = async (ms) => void vi.setSystemTime(Date.now() + ms);
  return { api: { ...reachable, sendMessage }, pause, passed, tries: () => tries };
}

describe('Telegram refusing everything for a day', () => {
  it('gets each reply once and in order when it is back, and was not asked more than every 15 s', async () => {
    const day = startDay();
    const { api, pause } = day;
    const gate = createFloodGate(queues.redis, pause);
    const outbox = createOutbox({
      say: createSay(queues.addJob),
      topicNames: createTopicNames(queues.redis),
      ...queues,
      api,
      journal: createSentJournal(queues.redis),
      keepFiles: createEarlierFiles(queues.redis).keep,
      questions: createKeptQuestions(queues.redis, 'a secret'),
      expectations: createExpectations(queues.redis),
      gate,
      pace: freePace,
      pause,
      log: createTestLog().log,
    });
    const wanted = ['first', 'second', 'third'];
    for (const text of wanted) {
      const data = { version: CONTRACT_VERSION, kind: 'text', place: { chatId: ANN.id }, text };
      await queues.addJob(replyQueue(ANN.id), { id: `r-${text}`, name: 'text', data });
    }
    const consumer = await queues.consume('reply', outbox);
    await world.telegram.waitForMessage(({ text }) => text === 'third', { chat: ANN.id, timeoutMs: 50_000 });
    await consumer.stop(1_000);

    expect(world.telegram.messages(ANN.id).map(({ text }) => text)).toEqual(wanted);
    expect(day.passed() - DAY_MS, 'not longer than Telegram last said').toBeLessThan(301_000);
    expect(day.tries()).toBeLessThan(DAY_MS / 15_000);
  });
});
