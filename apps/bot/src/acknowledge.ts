import { type ChatJob, noticeReplyId, type Origin, type SessionJob } from '@signalbox/contracts';
import type { Overview, Workforce } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { Say } from './carry-out.ts';
import type { Decision } from './decide.ts';
import type { TelegramApi } from './telegram-api.ts';
import { words } from './words.ts';

/** A message that is taken at once needs no word about waiting, in ms. */
const WAITING_AFTER_MS = 1_500;

export interface Acknowledger {
  /** Shows 👀 at once, and after a moment, if the message still waits, its position. Costs nothing if it fails. */
  acknowledge(accepted: { jobId: string; origin: Origin; decision: Decision }): void;
  stop(): void;
}

export function createAcknowledger(parts: {
  readonly api: TelegramApi;
  readonly overview: Overview;
  readonly workforce: Workforce;
  readonly say: Say;
  readonly log: Log;
}): Acknowledger {
  const { api, log } = parts;
  const timers = new Set<NodeJS.Timeout>();
  const onError = (err: unknown) => log.debug({ err }, 'An acknowledgement was not shown');

  return {
    acknowledge({ jobId, origin, decision }) {
      const job = decision.enqueue?.job;
      if (!decision.enqueue || !job) return;
      if (job.kind === 'message') api.react(origin.place.chatId, origin.messageId, '👀').catch(onError);
      const { queue } = decision.enqueue;
      const timer = setTimeout(() => {
        timers.delete(timer);
        const pool = queue.group.slice(queue.group.indexOf('.') + 1);
        tellWaiting(parts, { jobId, origin, queue: queue.name, pool, job }).catch(onError);
      }, WAITING_AFTER_MS);
      timers.add(timer);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

interface Waiting {
  readonly jobId: string;
  readonly origin: Origin;
  readonly queue: string;
  readonly pool: string;
  readonly job: SessionJob | ChatJob;
}

async function tellWaiting(
  { overview, workforce, say }: { overview: Overview; workforce: Workforce; say: Say },
  { jobId, origin, queue, pool, job }: Waiting,
): Promise<void> {
  const ahead = await overview.jobsAhead(queue, jobId);
  if (ahead === undefined) return;
  const workers = await workforce.workers();
  const isServed = workers.some((worker) => worker.pool === pool);
  // Only what a person wrote for a session has a place in its line worth knowing.
  if (isServed && (job.kind === 'sessions' || job.kind === 'warm')) return;
  const text = isServed ? words.waiting(queue.replace(/^session-/, ''), Math.max(1, ahead)) : words.noWorker(pool);
  await say(noticeReplyId(jobId, 'waits'), origin.place, text, { replyTo: origin.messageId, silent: true });
}
