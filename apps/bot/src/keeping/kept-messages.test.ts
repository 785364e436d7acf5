import type { Queues } from '@signalbox/queues';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type BotWorld, startBotWorld } from '../../testing/bot-world.ts';
import { createKeptMessages, type KeptMessages } from './kept-messages.ts';

let world: BotWorld;
let queues: Queues;
let kept: KeptMessages;
beforeAll(async () => {
  world = await startBotWorld();
  queues = await world.open();
  kept = createKeptMessages(queues.redis);
});
afterAll(() => world.stop());
beforeEach(() => queues.redis.flushall());

const here = { chatId: 7 };
const topic = { chatId: 7, threadId: 2 };
const message = (messageId: number, text: string, place = here) => ({
  origin: { place, messageId, userId: 7, userName: 'Ann', sentAt: 1 },
  text,
  jobId: `u-1-${messageId}`,
});

it('what is kept in a place is found there in the order in which it was written, until it is taken', async () => {
  for (const id of [10, 9]) await kept.add(here, message(id, `no. ${id}`));
  await kept.add(topic, message(3, 'elsewhere', topic));
  await kept.change(here, message(10, 'edited'));
  expect(await kept.find(here)).toEqual([message(9, 'no. 9'), message(10, 'edited')]);
  await kept.take(here, [9]);
  expect(await kept.find(here)).toEqual([message(10, 'edited')]);
  expect(await kept.find(topic)).toHaveLength(1);
});

it('a message that was taken is not kept again by an update that comes again, nor by an edit', async () => {
  await kept.add(here, message(9, 'one'));
  await kept.take(here, [9]);
  await kept.add(here, message(9, 'one'));
  await kept.change(here, message(9, 'two'));
  expect(await kept.find(here)).toEqual([]);
});

it('what cannot be read keeps nothing else from being found', async () => {
  await kept.add(here, message(9, 'one'));
  for (const [index, torn] of ['{', '{}', 'null'].entries())
    await queues.redis.hset('signalbox:{reply-7}:kept:0', String(index), torn);
  expect(await kept.find(here)).toEqual([message(9, 'one')]);
});
