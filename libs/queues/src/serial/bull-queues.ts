import { createRedisBackend, Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { BULL_LOCK_SECONDS } from '../redis/schema/bull-keys.ts';
import { retention } from '../redis/schema/retention.ts';
import { queuePrefix } from '../redis/schema/schema.ts';

/** How many objects of BullMQ are kept at most; one costs up to 28 KB. */
const MOST_KEPT = 500;

/**
 * A job's lock outlives every turn and every outage. Exclusion is the lease's work: an expiring lock would only make the
 * completion of a job fail that was finished while Redis was away. Whoever wins the lease passes over the lock.
 */
const LOCK_MS = BULL_LOCK_SECONDS * 1_000;

/** The objects that BullMQ needs for a queue, on one shared connection. */
export interface BullQueues {
  /** The queue of that name, for adding and looking. */
  queue(name: string): Queue;
  /** What the holder of a queue's lease works with, until it closes it. */
  hold(name: string): HeldObjects;
  close(): Promise<void>;
}

/** The queue, and a worker that fetches from it by hand. */
export interface HeldObjects {
  readonly queue: Queue;
  readonly fetcher: Worker;
  close(): Promise<void>;
}

/** Queues on one shared connection, the least recently used forgotten first. */
export function createBullQueues(connection: Redis): BullQueues {
  const kept = new Map<string, Queue>();

  const queue = (name: string) => {
    const known = kept.get(name);
    if (known) {
      kept.delete(name);
      kept.set(name, known);
      return known;
    }
    const made = openQueue(name, connection);
    kept.set(name, made);
    forgetOldest(kept);
    return made;
  };

  const close = async () => {
    await Promise.all([...kept.values()].map((each) => each.close()));
    kept.clear();
  };

  const hold = (name: string) => {
    const objects = { queue: openQueue(name, connection), fetcher: openFetcher(name, connection) };
    const closeBoth = async () => {
      await Promise.all([objects.queue.close(), objects.fetcher.close(true)]);
    };
    return { ...objects, close: closeBoth };
  };
  return { queue, hold, close };
}

function openQueue(name: string, connection: Redis): Queue {
  const queue = new Queue(name, {
    connection,
    prefix: queuePrefix(name),
    skipVersionCheck: true,
    skipWaitingForReady: true,
    streams: { events: { maxLen: 50 } },
    defaultJobOptions: {
      attempts: 1,
      removeOnComplete: { age: retention.idempotency, count: 2_000 },
      removeOnFail: { age: retention.answerable },
    },
  });
  // Its errors are those of the shared connection, which reports them itself.
  queue.on('error', () => undefined);
  return queue;
}

function openFetcher(name: string, connection: Redis): Worker {
  const worker = new Worker(
    name,
    null,
    {
      connection,
      prefix: queuePrefix(name),
      autorun: false,
      skipStalledCheck: true,
      skipVersionCheck: true,
      lockDuration: LOCK_MS,
    },
    (queueName, options, extra) => createRedisBackend(queueName, options, { ...extra, withBlockingConnection: false }),
  );
  worker.on('error', () => undefined);
  return worker;
}

function forgetOldest(kept: Map<string, Queue>): void {
  for (const [name, queue] of kept) {
    if (kept.size <= MOST_KEPT) return;
    kept.delete(name);
    queue.close().catch(() => undefined);
  }
}
