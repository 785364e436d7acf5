import { chatQueue, controlQueue, noticeReplyId, originSchema, sessionQueue } from '@signalbox/contracts';
import type { Overview, Workforce } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import { z } from 'zod';
import type { Say } from '../telegram/say.ts';
import { words } from '../wording/words.ts';

/** How often it is looked which pools have no worker, in ms. */
const LOOK_EVERY_MS = 2_500;
/** A worker that is only started again comes back sooner than that, in ms. */
const UNSERVED_AFTER_MS = 10_000;

/** As much of a job as tells where it came from. */
const cameFromSchema = z.object({ origin: originSchema });

/** What the watch calls. */
interface WatchDependencies {
  readonly pending: Overview['pending'];
  readonly held: Overview['held'];
  readonly front: Overview['front'];
  readonly workers: Workforce['workers'];
  readonly pools: Workforce['pools'];
  readonly say: Say;
  readonly log: Log;
}

/**
 * Says that a message waits because its pool has no worker, also of one that a worker had begun, and whoever took it in: once for the
 * first message of each queue and each absence.
 */
export function watchUnserved(
  dependencies: WatchDependencies,
  { everyMs = LOOK_EVERY_MS, afterMs = UNSERVED_AFTER_MS } = {},
): { stop(): Promise<void> } {
  /** Pool → since when it has no worker, in ms of the monotonic clock. */
  const since = new Map<string, number>();
  let looking: Promise<void> | undefined;
  const look = async () => {
    const [pools, workers] = await Promise.all([dependencies.pools(), dependencies.workers()]);
    const served = new Set(workers.map(({ pool }) => pool));
    for (const pool of served) since.delete(pool);
    for (const pool of pools.filter((each) => !served.has(each))) {
      const noneSince = since.get(pool) ?? performance.now();
      since.set(pool, noneSince);
      if (performance.now() - noneSince >= afterMs) await tellWaiting(dependencies, pool);
    }
  };
  const timer = setInterval(() => {
    // Missing one does no harm: the next comes soon.
    looking ??= look()
      .catch((err: unknown) => dependencies.log.debug({ err }, 'The look at the pools waits'))
      .finally(() => {
        looking = undefined;
      });
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

async function tellWaiting({ pending, held, front, say }: WatchDependencies, pool: string): Promise<void> {
  const groups = [sessionQueue('', pool), controlQueue('', pool), chatQueue(0, pool)].map(({ group }) => group);
  const queues = (await Promise.all(groups.map((group) => pending(group)))).flat();
  // One that is held has a worker that only could not say so.
  const served = await held(queues);
  for (const queue of queues.filter((name) => !served.has(name))) {
    const first = await front(queue);
    const from = cameFromSchema.safeParse(first?.data);
    if (!first || !from.success) continue;
    const { place, messageId } = from.data.origin;
    // Each time that it was begun and left is another absence; of one that was not begun, the acknowledgement may have told.
    const id = noticeReplyId(first.id, first.starts === 0 ? 'no-worker' : `no-worker-${first.starts}`);
    await say(id, place, words.noWorker(pool), { replyTo: messageId, silent: true });
  }
}
