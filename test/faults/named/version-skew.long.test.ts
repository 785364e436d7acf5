import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findClaude } from '@signalbox/claude';
import { CONTRACT_VERSION, sessionQueue } from '@signalbox/contracts';
import { expect, it } from 'vitest';
import { useWorldForEach } from '../../support/use-world.ts';
import { makeOtherBuild } from '../tools/other-build.ts';

/** The build that comes after this one: it reads what this one writes, and its messages state a version that this one does not know. */
let newer: string;
const world = useWorldForEach({ apps: [] }, async () => {
  const { path } = await findClaude({ path: '', packageRoots: [fileURLToPath(new URL('../../..', import.meta.url))] });
  world.env.CLAUDE_BIN = path;
  const versions = { contract: CONTRACT_VERSION + 1, messages: CONTRACT_VERSION + 1 };
  newer = await makeOtherBuild(join(world.dir, 'newer'), versions);
});

const start = {
  bot: (build?: string) => world.start('bot', {}, build).waitForOutput(/Taking messages/),
  worker: (build?: string) => world.start('worker', {}, build).waitForOutput(/Serving pool/),
};

it('a message of a newer version waits, unharmed and in its place, until a worker of that version comes', async () => {
  await start.bot(newer);
  await start.worker();
  await world.newSession('web');
  world.say('[[say first]]');
  world.say('[[say second]]');
  await world.shows(/Waits in session 'web'/);
  const queues = world.closeAtEnd(await world.openQueues());
  const { name } = sessionQueue('web', 'default');
  expect(await queues.bull.queue(name).getFailed()).toEqual([]);
  await start.worker(newer);
  await world.shows('second');
  const answers = world.texts().filter((text) => ['first', 'second'].includes(text));
  expect(answers).toEqual(['first', 'second']);
  await world.ask('[[recall]]', /I remember:\s+1\. \[\[say first\]\]\s+2\. \[\[say second\]\]$/);
});

it('messages of the version before are understood by a newer worker, and its replies by an older bot', async () => {
  await start.bot();
  await start.worker(newer);
  await world.newSession('web');
  await world.ask('[[say understood]]', 'understood');
});

it('both builds side by side: the workers are replaced one by one under a conversation, and nothing is lost or out of order', async () => {
  await start.bot();
  await start.worker();
  await world.newSession('web');
  const wanted = Array.from({ length: 6 }, (_, number) => `answer ${number}`);
  const tell = (from: number) => {
    for (const text of wanted.slice(from, from + 2)) world.say(`[[wait 300]][[say ${text}]]`);
  };
  tell(0);
  await start.worker(newer);
  tell(2);
  await world.shows('answer 1');
  await world.apps[1]?.stop();
  const nextBot = start.bot(newer);
  await world.apps[0]?.stop();
  await nextBot;
  tell(4);
  await world.shows('answer 5');
  expect(world.texts().filter((text) => text.startsWith('answer'))).toEqual(wanted);
});
