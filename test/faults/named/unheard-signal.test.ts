import { ANN } from '@signalbox/simulator';
import { afterEach, it } from 'vitest';
import { startWorld, type World } from '../../support/world.ts';

let world: World;
afterEach(() => world.stop());

it('an answer and a stop that were given while the worker did not listen are heard as soon as it listens again', async () => {
  world = await startWorld();
  await world.ask('/new web', "Session 'web' created.");
  const queues = await world.openQueues();
  const signals = 'signalbox:{session-web}:signals';
  /** Writes a signal down whose call nobody hears, and cuts all subscriptions off. */
  const sendUnheard = async (field: string, signal: object) => {
    await queues.redis.hset(signals, field, JSON.stringify({ id: 'u-1-99', by: 'Ann', ...signal }));
    await queues.redis.client('KILL', 'TYPE', 'pubsub');
  };

  const command = { command: 'touch made && echo allowed', description: 'Try it' };
  world.telegram.say({ from: ANN.id, text: `[[tool Bash ${JSON.stringify(command)}]][[results]]` });
  await world.shows(/Claude wants to run/);
  const open = (await queues.redis.hkeys(signals)).find((field) => field.startsWith('open:')) ?? '';
  const questionId = open.slice('open:'.length);
  await sendUnheard(`answer:${questionId}`, { kind: 'answer', questionId, answer: 'allow' });
  await world.shows(/^allowed/);

  const request = new Promise<void>((resolve) => world.simulator.anthropic.onRequest(() => resolve()));
  world.telegram.say({ from: ANN.id, text: '[[wait 60000]][[say too late]]' });
  await request;
  const [job] = await queues.bull.queue('session-web').getActive();
  await sendUnheard(`stop:${job?.id}`, { kind: 'stop', jobId: job?.id });
  await world.shows(/Stopped/);
  await queues.close();
});
