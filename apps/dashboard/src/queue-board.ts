import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Queues } from '@signalbox/queues';
import type { Hono } from 'hono';
import { maskText } from './mask-text.ts';

/** Bull Board reads every registered queue at each poll, so only those used last are registered. */
const MOST_QUEUES = 100;
/** Seconds between its polls. */
const POLL_EVERY_S = 10;
/** The list of queues is not read again within this time, in ms. */
const FRESH_FOR_MS = 1_000;

type BullQueue = ReturnType<Queues['bull']['queue']>;

/** Bull Board, read-only and without anybody's text. */
export interface QueueBoard {
  /** To be mounted at its base path. */
  readonly routes: Hono;
  /** Registers the queues that there are now and unregisters the others. Rejects with Redis's error. */
  refresh(): Promise<void>;
}

export function createQueueBoard({ bull, overview }: Pick<Queues, 'bull' | 'overview'>, basePath: string): QueueBoard {
  const server = new HonoAdapter(serveStatic).setBasePath(basePath);
  const board = createBullBoard({
    queues: [],
    serverAdapter: server,
    options: {
      uiConfig: {
        boardTitle: 'Signalbox queues',
        miscLinks: [{ text: 'Overview', url: '/' }],
        hideDocsLink: true,
        showWorkers: false,
        pollingInterval: { showSetting: true, forceInterval: POLL_EVERY_S },
      },
    },
  });
  const shown = new Map<BullQueue, BullMQAdapter>();
  let readAt = Number.NEGATIVE_INFINITY;

  const refresh = async () => {
    if (performance.now() - readAt < FRESH_FOR_MS) return;
    const queues = (await overview.names(MOST_QUEUES)).map((name) => bull.queue(name));
    readAt = performance.now();
    // A queue's object is forgotten by and by and made anew, so the object and not the name tells what is still good.
    for (const queue of [...shown.keys()].filter((known) => !queues.includes(known))) shown.delete(queue);
    for (const queue of queues) if (!shown.has(queue)) shown.set(queue, adapt(queue));
    board.replaceQueues([...shown.values()]);
  };
  return { routes: server.registerPlugin(), refresh };
}

function adapt(queue: BullQueue): BullMQAdapter {
  const adapter = new BullMQAdapter(queue, { readOnlyMode: true });
  adapter.setFormatter('data', maskText);
  adapter.setFormatter('returnValue', maskText);
  adapter.setFormatter('progress', maskText);
  return adapter;
}
