import { type ChatJob, type ControlJob, noticeReplyId, type Origin, type SessionJob } from '@signalbox/contracts';
import type { Overview, Workforce } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { Decision } from '../deciding/decision.ts';
import type { TelegramApi } from '../telegram/telegram-api.ts';
import { words } from '../wording/words.ts';
import type { Say } from './perform.ts';

/** A message that is taken at once needs no word about waiting, in ms. */
const WAITING_AFTER_MS = 1_500;

/** An update that is durable. `isAgain`: it was taken before, as far as to what it leads to. */
export interface Accepted {
  readonly jobId: string;
  readonly origin: Origin;
  readonly decision: Decision;
  readonly isAgain: boolean;
}

export interface Acknowledger {
  /** Shows 👀 at once, and after a moment, if the message still waits, its position. Costs nothing if it fails. */
  acknowledge(accepted: Accepted): void;
  stop(): void;
}

export function createAcknowledger(parts: {
  readonly api: TelegramApi;
  readonly overview: Overview;
  readonly workforce: Workforce;
  readonly say: Say;
  readonly log: Log;
  /** Whether 👀 is shown. */
  readonly reacts: boolean;
}): Acknowledger {
  const { log } = parts;
  const timers = new Set<NodeJS.Timeout>();
  const onError = (err: unknown) => log.debug({ err }, 'An acknowledgement was not shown');

  return {
    acknowledge({ jobId, origin, decision, isAgain }) {
      const job = decision.enqueue?.job;
      if (!decision.enqueue || !job) return;
      const { queue } = decision.enqueue;
      if (parts.reacts && job.kind === 'message')
        showSeen(parts, { jobId, origin, queue: queue.name, isAgain }).catch(onError);
      const pool = queue.group.slice(queue.group.indexOf('.') + 1);
      const waiting = { jobId, origin, queue: queue.name, pool, job };
      const timer = setTimeout(() => {
        timers.delete(timer);
        tellWaiting(parts, waiting).catch(onError);
      }, WAITING_AFTER_MS);
      timers.add(timer);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** One that comes again may be done by now: then it shows that. */
async function showSeen(
  { api, overview }: { api: TelegramApi; overview: Overview },
  { jobId, origin, queue, isAgain }: { jobId: string; origin: Origin; queue: string; isAgain: boolean },
): Promise<void> {
  if (isAgain && (await overview.jobsAhead(queue, jobId)) === undefined) return;
  await api.react(origin.place.chatId, origin.messageId, '👀');
}

interface Waiting {
  readonly jobId: string;
  readonly origin: Origin;
  readonly queue: string;
  readonly pool: string;
  readonly job: SessionJob | ChatJob | ControlJob;
}

interface TellingParts {
  readonly overview: Overview;
  readonly workforce: Workforce;
  readonly say: Say;
}

async function tellWaiting(parts: TellingParts, waiting: Waiting): Promise<void> {
  const { jobId, origin, queue, pool, job } = waiting;
  const ahead = await parts.overview.jobsAhead(queue, jobId);
  if (ahead === undefined) return;
  if (!(await isServed(pool, parts))) return tellNoWorker(parts, waiting);
  // Only what a person wrote for a session has a place in its line worth knowing, and what is next in it needs no number.
  if (ahead === 0 || job.kind === 'warm' || !queue.startsWith('session-')) return;
  const text = words.waiting(queue.replace(/^session-/, ''), ahead);
  await parts.say(noticeReplyId(jobId, 'waits'), origin.place, text, { replyTo: origin.messageId, silent: true });
}

async function isServed(pool: string, { workforce }: TellingParts): Promise<boolean> {
  return (await workforce.workers()).some((worker) => worker.pool === pool);
}

async function tellNoWorker({ say }: TellingParts, { jobId, origin, pool }: Waiting): Promise<void> {
  const options = { replyTo: origin.messageId, silent: true };
  await say(noticeReplyId(jobId, 'no-worker'), origin.place, words.noWorker(pool), options);
}
