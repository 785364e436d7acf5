import {
  type ChatJob,
  type ControlJob,
  noticeReplyId,
  type Origin,
  type QueueRef,
  type SessionJob,
} from '@signalbox/contracts';
import type { Overview, Workforce } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { Decision } from '../deciding/decision.ts';
import type { QueueNotices } from '../live/queue-notices.ts';
import type { Say } from '../telegram/say.ts';
import type { TelegramApi } from '../telegram/telegram-api.ts';
import { words } from '../wording/words.ts';

/** A message that is taken at once needs no word about waiting, in ms. */
const WAITING_AFTER_MS = 1_500;

/** An update that is durable. `isAgain`: it was taken before, as far as to what it leads to. */
export interface Accepted {
  readonly jobId: string;
  readonly origin: Origin;
  readonly decision: Decision;
  readonly isAgain: boolean;
}

/** Tells at once that a message was taken, and later that it waits. */
export interface Acknowledger {
  /** Shows 👀 at once, and after a moment, if the message still waits, its position. Costs nothing if it fails. */
  acknowledge(accepted: Accepted): void;
  stop(): void;
}

/** What acknowledging calls. */
interface AcknowledgeDependencies {
  readonly react: TelegramApi['react'];
  readonly jobsAhead: Overview['jobsAhead'];
  readonly workers: Workforce['workers'];
  readonly say: Say;
  /** Says where a message waits in line, as long as it does. */
  readonly follow: QueueNotices['follow'];
  readonly log: Log;
  /** Whether 👀 is shown. */
  readonly reacts: boolean;
}

/** What fails here is only logged: nobody's message depends on it. */
export function createAcknowledger(dependencies: AcknowledgeDependencies): Acknowledger {
  const { log, reacts } = dependencies;
  const timers = new Set<NodeJS.Timeout>();
  const onError = (err: unknown) => log.debug({ err }, 'An acknowledgement was not shown');

  return {
    acknowledge(accepted) {
      const all = takenBy(accepted);
      if (all.length === 0) return;
      for (const { jobId, origin, queue, job } of all)
        if (reacts && job.kind === 'message')
          showSeen(dependencies, { jobId, origin, queue: queue.name, isAgain: accepted.isAgain }).catch(onError);
      const timer = setTimeout(() => {
        timers.delete(timer);
        // That nobody serves them is said once.
        for (const [index, each] of all.entries()) tellWaiting(dependencies, each, index === 0).catch(onError);
      }, WAITING_AFTER_MS);
      timers.add(timer);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** What an update has asked for, and what was kept before and is given to a session by it: each as its own message. */
function takenBy({ jobId, origin, decision: { enqueue, afterwards = [] } }: Accepted): Waiting[] {
  const given = afterwards.flatMap(({ id, queue, job }) =>
    id === undefined || job.kind !== 'message' ? [] : [{ jobId: id, origin: job.origin, queue, job }],
  );
  return [...(enqueue ? [{ jobId, origin, ...enqueue }] : []), ...given];
}

/** One that comes again may be done by now: then it shows that. */
async function showSeen(
  { react, jobsAhead }: AcknowledgeDependencies,
  { jobId, origin, queue, isAgain }: { jobId: string; origin: Origin; queue: string; isAgain: boolean },
): Promise<void> {
  if (isAgain && (await jobsAhead(queue, jobId)) === undefined) return;
  await react(origin.place.chatId, origin.messageId, '👀');
}

interface Waiting {
  readonly jobId: string;
  readonly origin: Origin;
  readonly queue: QueueRef;
  readonly job: SessionJob | ChatJob | ControlJob;
}

async function tellWaiting(
  { jobsAhead, workers, say, follow }: AcknowledgeDependencies,
  { jobId, origin, queue, job }: Waiting,
  tellsUnserved: boolean,
): Promise<void> {
  if ((await jobsAhead(queue.name, jobId)) === undefined) return;
  const pool = queue.group.slice(queue.group.indexOf('.') + 1);
  const { place, messageId } = origin;
  if (tellsUnserved && !(await workers()).some((worker) => worker.pool === pool)) {
    const options = { replyTo: messageId, silent: true };
    await say(noticeReplyId(jobId, 'no-worker'), place, words.noWorker(pool), options);
  }
  // Only what a person wrote for a session has a place in its line worth knowing.
  if (job.kind !== 'warm' && queue.name.startsWith('session-')) follow({ jobId, queue, place, messageId });
}
