import { CONTRACT_VERSION, sessionQueue, type WarmJob } from '@signalbox/contracts';
import { ANN } from '@signalbox/simulator';
import { Cleanup } from '../support/cleanup.ts';
import { type BenchWorld, openBenchWorld, POOL, whenChanged } from './bench-world.ts';
import type { Row } from './row.ts';

const GOAL = 10;
const FEW = 10;
const MANY = 1_000;
/** How many jobs are added at a time. */
const BATCH = 50;

interface Connections {
  readonly bot: number;
  readonly worker: number;
  /** How many both together ever opened. */
  readonly opened: number;
}

/** How many Redis connections the bot and the worker hold when they have served a few sessions and chats, and very many. */
export async function measureConnections(cleanup: Cleanup): Promise<Row[]> {
  const few = await countAfter(cleanup, FEW);
  const many = await countAfter(cleanup, MANY);
  const row = (who: string, atFew: number, atMany: number): Row => ({
    what: `Redis connections of the ${who}, with ${FEW} and ${MANY.toLocaleString('en')} sessions`,
    measured: `${atFew} and ${atMany}`,
    against: '–',
    result: atFew === atMany ? `constant: ${atMany}` : `grows: ${atFew} → ${atMany}`,
    goal: { text: `constant, ≤ ${GOAL}`, met: atFew === atMany && atMany <= GOAL },
    series: [],
  });
  return [
    row('bot', few.bot, many.bot),
    row('worker', few.worker, many.worker),
    {
      what: 'Redis connections that bot and worker opened in all, also for a moment',
      measured: `${few.opened} and ${many.opened}`,
      against: '–',
      result: few.opened === many.opened ? `constant: ${many.opened}` : `grows: ${few.opened} → ${many.opened}`,
      series: [],
    },
  ];
}

/** Has one job of each session done, and its reply shown in a chat of its own, and counts. */
async function countAfter(outer: Cleanup, sessions: number): Promise<Connections> {
  const cleanup = new Cleanup();
  outer.add(() => cleanup.close());
  const bench = await openBenchWorld(cleanup, { apps: [] });
  const { world } = bench;
  const own = await held(bench);
  const before = await openedEver(bench);
  await world.startAll(['bot', 'worker']);
  await serve(bench, sessions);
  const both = await held(bench);
  const opened = (await openedEver(bench)) - before;
  // The bot was started first.
  await world.apps[1]?.stop();
  const withoutWorker = await held(bench);
  await cleanup.run();
  return { bot: withoutWorker - own, worker: both - withoutWorker, opened };
}

/** Each session has a queue, a lease and a job; that it has no directory is answered in the chat without Claude. */
async function serve({ world, queues }: BenchWorld, sessions: number): Promise<void> {
  const chats = Array.from({ length: sessions }, (_, number) => 100_000 + number);
  for (const id of chats) world.telegram.addPerson({ id, firstName: `Person ${id}` });
  const missing = new Set(chats);
  const answered = whenChanged(world.telegram, `a reply in each of ${sessions} chats`, (change) => {
    if (change.kind === 'message' && change.message.from.isBot) missing.delete(change.chatId);
    return missing.size === 0;
  });
  const add = (chatId: number) => {
    const session = `c${chatId}`;
    const data = warmJob(session, chatId);
    return queues.addJob(sessionQueue(session, POOL), { id: `warm-${chatId}`, name: data.kind, data });
  };
  for (let first = 0; first < chats.length; first += BATCH) {
    await Promise.all(chats.slice(first, first + BATCH).map(add));
  }
  await answered;
}

function warmJob(session: string, chatId: number): WarmJob {
  const origin = { place: { chatId }, messageId: 1, userId: ANN.id, userName: 'Ann', sentAt: Date.now() };
  return { version: CONTRACT_VERSION, kind: 'warm', session, origin };
}

/** The connections that the server has now. */
async function held({ queues }: BenchWorld): Promise<number> {
  return String(await queues.redis.client('LIST'))
    .trim()
    .split('\n').length;
}

/** The connections that the server ever took. */
async function openedEver({ queues }: BenchWorld): Promise<number> {
  return Number(/total_connections_received:(\d+)/.exec(await queues.redis.info('stats'))?.[1]);
}
