import { expect, it, onTestFinished } from 'vitest';
import { createTestLog, useTestDisk, useTestQueues } from '../../testing/world.ts';
import { type KnownKeeper, keepKnown } from './keep-known.ts';
import { registerSessions } from './register-sessions.ts';

const queues = await useTestQueues();
const disk = useTestDisk('default');

const { log } = createTestLog();

/** A worker of the pool that looks when it is told to. `register` stands for its looking at its disk. */
function keeper(register?: () => Promise<void>): KnownKeeper {
  const { recollection, routing } = queues;
  const needs = { store: disk.store, routing, pool: 'nas', log };
  const fromDisk = async () => void (await registerSessions(needs));
  const kept = keepKnown({ ...needs, recollection, register: register ?? fromDisk }, 60_000);
  onTestFinished(kept.stop);
  return kept;
}

async function make(name: string, lastPlace: { chatId: number } | null = null) {
  const persona = await disk.library.read('default');
  if (!persona) throw new Error('no persona');
  const claudeSessionId = '3b241101-e2bb-4255-8caf-4136c566a962';
  await disk.store.create({ name, persona, claudeSessionId, createdBy: `u-${name}`, lastPlace });
}

const places = [{ chatId: 7 }, { chatId: 8 }, { chatId: 7, threadId: 2 }];
const active = () => Promise.all(places.map(queues.routing.activeSession));
const names = async () => (await queues.routing.sessions()).map(({ card }) => card.name).sort();
const card = { name: 'far', pool: 'attic', persona: 'default', claimedBy: 'u-1-1', createdAt: 1 };

it('an emptied Redis is told of every place and session again, also of pools that have no worker now', async () => {
  await make('web', { chatId: 7 });
  await make('old');
  await queues.routing.claim(card);
  const worker = keeper();
  await worker.look();
  await queues.routing.activate({ chatId: 7 }, 'old');
  await queues.routing.activate({ chatId: 8 }, 'web');
  await queues.routing.activate({ chatId: 7, threadId: 2 }, 'far');
  await worker.look();
  await queues.redis.flushall();
  await worker.look();
  expect(await names()).toEqual(['far', 'old', 'web']);
  // Not the place where it was last used, as its directory says: the one that was chosen since.
  expect(await active()).toEqual(['old', 'web', 'far']);
});

it('what came to the emptied Redis before is newer, and stays', async () => {
  await make('web');
  await make('db');
  await queues.routing.activate({ chatId: 7 }, 'web');
  const worker = keeper();
  await worker.look();
  await queues.redis.flushall();
  await queues.routing.activate({ chatId: 7 }, 'db');
  await worker.look();
  expect((await active())[0]).toBe('db');
});

it('a session that was deleted meanwhile, or was still to be made, does not come back', async () => {
  await make('web');
  const worker = keeper();
  await worker.look();
  await queues.routing.claim({ ...card, name: 'site', awaits: 'web', renames: true });
  await queues.routing.activate({ chatId: 7 }, 'web');
  await queues.routing.activate({ chatId: 8 }, 'site');
  await worker.look();
  await disk.store.remove('web');
  await queues.redis.flushall();
  await worker.look();
  expect([await names(), await active()]).toEqual([[], [undefined, undefined, undefined]]);
});

it('a Redis that has its data is told nothing: a place that was left stays so', async () => {
  await make('web', { chatId: 7 });
  const worker = keeper();
  await worker.look();
  await queues.routing.movePlaces('web', undefined);
  await worker.look();
  expect((await active())[0]).toBeUndefined();
});

it('one that could not be told is told at the next look, of all', async () => {
  let isAway = false;
  const registered: boolean[] = [];
  const worker = keeper(async () => {
    registered.push(isAway);
    if (isAway) throw new Error('Connection is closed.');
  });
  await queues.routing.claim(card);
  await queues.routing.activate({ chatId: 7 }, 'far');
  await worker.look();
  await queues.redis.flushall();
  isAway = true;
  await expect(worker.look()).rejects.toThrow('closed');
  await queues.redis.flushall();
  isAway = false;
  await worker.look();
  expect([registered, (await active())[0]]).toEqual([[false, true, false], 'far']);
});
