import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import { BOB } from '@signalbox/simulator';
import { expect, it } from 'vitest';
import { PATIENCE_MS } from '../support/patience.ts';
import { useWorld } from '../support/use-world.ts';

const world = useWorld({}, async () => {
  await world.newSession('web');
  await world.ask('I am blue [[say noted]]', 'noted');
  await world.ask('/session web', "Switched to session 'web'.", BOB.id);
  await world.newSession('db');
});

/** Resolves when the worker has looked at who talks to whom, from now on. The client's own MONITOR trips over what comes before its OK. */
async function untilLooked(): Promise<void> {
  const monitor = createConnection(world.redis.url.slice('unix:'.length));
  monitor.write('MONITOR\r\n');
  let looks = 0;
  for await (const line of createInterface(monitor)) {
    // The first one may have begun before.
    if (line.includes('"hgetall" "signalbox:places"') && ++looks === 3) break;
  }
  monitor.destroy();
}

it('a Redis that is emptied under living processes knows sessions, places and workers again', async () => {
  const queues = world.closeAtEnd(await world.openQueues());
  await untilLooked();
  await queues.redis.flushall();
  const options = { timeout: PATIENCE_MS };
  const names = async () => (await queues.routing.sessions()).map(({ card }) => card.name).sort();
  await expect.poll(names, options).toEqual(['db', 'web']);
  await expect.poll(async () => (await queues.workforce.workers()).length, options).toBe(1);
  await expect.poll(() => queues.workforce.personas('default'), options).not.toEqual(undefined);
  await world.ask('/session web', "Switched to session 'web'.");
  await world.ask('[[recall]]', /I am blue/);
  // The session was last used elsewhere: that Bob talks to it was known to the worker alone.
  await world.ask('[[recall]]', /I am blue/, BOB.id);
});
