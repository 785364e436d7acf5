import { setTimeout as pause } from 'node:timers/promises';
import { replyQueue, sessionQueue } from '@signalbox/contracts';
import type { Queues } from '@signalbox/queues';
import { ANN, type Change, type TelegramSimulator } from '@signalbox/simulator';
import type { Cleanup } from '../support/cleanup.ts';
import { startWorld, type World, type WorldOptions } from '../support/world.ts';

/** The pool of the workers. */
export const POOL = 'default';
/** How long anything that is waited for may take, in ms. */
const PATIENCE_MS = 30_000;
/** How often the queues are looked at until they are at rest, in ms: nothing tells when the last mark was taken away. */
const LOOK_EVERY_MS = 5;

/** The whole of Signalbox, and the queues as another process of the project sees them. */
export interface BenchWorld {
  readonly world: World;
  readonly queues: Queues;
}

/** Starts the production processes on a redis-server of their own. */
export async function openBenchWorld(cleanup: Cleanup, options: WorldOptions = {}): Promise<BenchWorld> {
  const starting = startWorld(options);
  cleanup.add(async () => (await starting.catch(() => undefined))?.stop());
  const world = await starting;
  const queues = await world.openQueues();
  cleanup.add(() => queues.close());
  return { world, queues };
}

/** Makes a session as Ann does, and warms it up with a first message. */
export async function makeSession(bench: BenchWorld, name: string): Promise<void> {
  const { world } = bench;
  await world.ask(`/new ${name}`, `Session '${name}' created.`);
  await world.ask('[[say Warm.]]', 'Warm.');
  await atRest(bench, name);
}

/** Resolves to the moment of the first change that matches, by `performance.now()`. */
export function whenChanged(
  telegram: TelegramSimulator,
  what: string,
  matches: (change: Change) => boolean,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      clearTimeout(timer);
      stop();
      end();
    };
    const timer = setTimeout(
      () => settle(() => reject(new Error(`Waited ${PATIENCE_MS} ms in vain for ${what}.`))),
      PATIENCE_MS,
    );
    const stop = telegram.on('change', (change) => {
      if (!matches(change)) return;
      const at = performance.now();
      settle(() => resolve(at));
    });
  });
}

/** Resolves to the moment at which the bot shows a new message with this text. */
export function whenShown(telegram: TelegramSimulator, text: string): Promise<number> {
  return whenChanged(
    telegram,
    `the answer "${text}"`,
    (change) => change.kind === 'message' && change.message.from.isBot && change.message.text === text,
  );
}

/** Waits until nothing of the last message is left to do: neither in the session's queue nor in the chat's. */
export async function atRest({ queues }: BenchWorld, session: string): Promise<void> {
  const watched = [sessionQueue(session, POOL), replyQueue(ANN.id)];
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await areEmpty(queues, watched))) {
    if (performance.now() > deadline) throw new Error(`Session '${session}' does not come to rest.`);
    await pause(LOOK_EVERY_MS);
  }
}

async function areEmpty({ redis, bull }: Queues, watched: readonly { name: string; group: string }[]) {
  const pipeline = redis.pipeline();
  for (const { name, group } of watched) {
    const queue = bull.queue(name);
    pipeline.llen(queue.toKey('wait')).llen(queue.toKey('active')).sismember(`signalbox:pending:${group}`, name);
  }
  return ((await pipeline.exec()) ?? []).every(([, count]) => count === 0);
}
