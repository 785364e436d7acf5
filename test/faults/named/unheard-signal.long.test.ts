import { retention } from '@signalbox/queues';
import { it } from 'vitest';
import { bash } from '../../support/directives.ts';
import { useWorldToOpen } from '../../support/use-world.ts';

const world = useWorldToOpen();

it('an answer and a stop that were given while the worker did not listen are heard as soon as it listens again', async () => {
  await world.open();
  await world.newSession('web');
  const queues = world.closeAtEnd(await world.openQueues());
  const questions = 'signalbox:{session-web}:questions';
  /** Writes a word down whose call nobody hears, and cuts all subscriptions off. */
  const sendUnheard = async (key: string, field: string, word: object) => {
    await queues.redis.hset(key, field, JSON.stringify({ id: 'u-1-99', by: 'Ann', ...word }));
    await queues.redis.expire(key, retention.answerable);
    await queues.redis.client('KILL', 'TYPE', 'pubsub');
  };

  world.say(`${bash('touch made && echo allowed')}[[results]]`);
  await world.shows(/Claude wants to run/);
  const open = (await queues.redis.hkeys(questions)).find((field) => field.startsWith('open:')) ?? '';
  await sendUnheard(questions, `answer:${open.slice('open:'.length)}`, { value: 'allow' });
  await world.shows(/^allowed/);

  const request = world.modelIsAsked();
  world.say('[[wait 60000]][[say too late]]');
  await request;
  const [job] = await queues.bull.queue('session-web').getActive();
  await sendUnheard('signalbox:{session-web}:signals', `stop:${job?.id}`, { jobId: job?.id });
  await world.shows(/Stopped/);
});
