import { ANN, GROUP_ID } from '@signalbox/simulator';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../../testing/bot-world.ts';
import { createTelegramApi } from './telegram-api.ts';
import { createMakeTopic, type MakeTopic } from './topics.ts';

let world: BotWorld;
let queues: Awaited<ReturnType<BotWorld['open']>>;
let makeTopic: MakeTopic;
beforeAll(async () => {
  world = await startBotWorld();
  queues = await world.open();
  makeTopic = createMakeTopic(queues.redis, world.api);
});
afterAll(() => world.stop());
beforeEach(() => queues.redis.flushall());
afterEach(() => world.telegram.faults.clear());

const topicsMade = () => world.telegram.calls.filter(({ method }) => method === 'createForumTopic').length;

describe('a topic', () => {
  it('is made once for a job, however often it is asked for', async () => {
    const before = topicsMade();
    const first = await makeTopic('u-1-1', GROUP_ID, 'web');
    expect(first).toEqual({ chatId: GROUP_ID, threadId: expect.any(Number) });
    expect(await makeTopic('u-1-1', GROUP_ID, 'web')).toEqual(first);
    expect(await makeTopic('u-1-2', GROUP_ID, 'other')).not.toEqual(first);
    expect(topicsMade() - before).toBe(2);
  });

  it.each([
    ['in a chat without topics', ANN.id, undefined, 'this chat has no topics'],
    [
      'without the right',
      GROUP_ID,
      'Bad Request: not enough rights to create a topic',
      'the bot may not manage topics here',
    ],
  ])('%s is refused in words', async (_why, chat, description, refused) => {
    const effect = { error: { code: 400, description: description ?? '' } };
    if (description) world.telegram.faults.add({ method: 'createForumTopic', effect });
    expect(await makeTopic('u-1-3', chat, 'web')).toEqual({ refused });
  });

  it('that may or may not have been made is not made again', async () => {
    world.telegram.faults.add({ method: 'createForumTopic', effect: 'cutAfter', times: 1 });
    expect(await makeTopic('u-1-4', GROUP_ID, 'web')).toEqual({ refused: 'Telegram did not answer' });
  });

  it.each([
    ['out of order', 'badGateway', 'Telegram is out of order'],
    [
      'asking to wait',
      { error: { code: 429, description: 'Too Many Requests', parameters: { retry_after: 300 } } },
      'Telegram allows the next one in 300 s',
    ],
  ] as const)('is not waited for while Telegram is %s: others send messages too', async (_why, effect, refused) => {
    world.telegram.faults.add({ method: 'createForumTopic', effect, times: 1 });
    expect(await makeTopic('u-1-5', GROUP_ID, 'web')).toEqual({ refused });
  });

  it('is asked for again while Telegram cannot be reached: the update waits', async () => {
    const away = createMakeTopic(queues.redis, createTelegramApi(world.simulator.botToken, 'http://127.0.0.1:9'));
    await expect(away('u-1-6', GROUP_ID, 'web')).rejects.toThrow(/createForumTopic/);
    expect(await makeTopic('u-1-6', GROUP_ID, 'web')).toHaveProperty('threadId');
  });
});
