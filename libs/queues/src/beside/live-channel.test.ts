import type { LiveFrame } from '@signalbox/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deferred, startTestRedis, type TestRedis } from '../../testing/redis.ts';
import { channels } from '../redis/schema/schema.ts';
import { listenLive, publishLive } from './live-channel.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.stop());

const frame = (turn: string): LiveFrame => ({ place: { chatId: 7 }, session: 'web', turn, state: 'working' });

it('a frame reaches those who listen; what is no frame is passed over', async () => {
  const [worker, bot] = await Promise.all([redis.member('worker'), redis.member('bot')]);
  const heard: string[] = [];
  const last = deferred();
  const stopListening = await listenLive(bot.subscriptions, ({ turn }) => {
    heard.push(turn);
    if (turn === 'last') last.resolve();
  });
  publishLive(worker.commands, frame('first'));
  for (const text of ['not JSON', '', 'null', '{"turn":"x"}', '{"place":{"chatId":"7"}}']) {
    await worker.commands.publish(channels.live(), text);
  }
  publishLive(worker.commands, frame('last'));
  await last.promise;
  expect(heard).toEqual(['first', 'last']);

  stopListening();
  publishLive(worker.commands, frame('unheard'));
  // What is published later on the same connection comes later.
  const later = deferred();
  await bot.subscriptions.subscribe('later', () => later.resolve());
  await worker.commands.publish('later', '');
  await later.promise;
  expect(heard).toEqual(['first', 'last']);
});

it('a frame that Redis does not take is lost in silence', async () => {
  const gone = await redis.member('gone');
  gone.commands.disconnect();
  expect(() => publishLive(gone.commands, frame('lost'))).not.toThrow();
});
