import { it } from 'vitest';
import { bash } from '../../support/directives.ts';
import { useWorldToOpen } from '../../support/use-world.ts';

const world = useWorldToOpen();

it('an answer and a stop that were given while the worker did not listen are heard as soon as it listens again', async () => {
  await world.open();
  await world.newSession('web');
  const queues = world.closeAtEnd(await world.openQueues());
  const signals = 'signalbox:{session-web}:signals';
  /** Writes a signal down whose call nobody hears, and cuts all subscriptions off. */
  const sendUnheard = async (field: string, signal: object) => {
    await queues.redis.hset(signals, field, JSON.stringify({ id: 'u-1-99', by: 'Ann', ...signal }));
    await queues.redis.client('KILL', 'TYPE', 'pubsub');
  };

  world.say(`${bash('touch made && echo allowed')}[[results]]`);
  await world.shows(/Claude wants to run/);
  const open = (await queues.redis.hkeys(signals)).find((field) => field.startsWith('open:')) ?? '';
  const questionId = open.slice('open:'.length);
  await sendUnheard(`answer:${questionId}`, { kind: 'answer', questionId, answer: 'allow' });
  await world.shows(/^allowed/);

  const request = world.modelIsAsked();
  world.say('[[wait 60000]][[say too late]]');
  await request;
  const [job] = await queues.bull.queue('session-web').getActive();
  await sendUnheard(`stop:${job?.id}`, { kind: 'stop', jobId: job?.id });
  await world.shows(/Stopped/);
});
