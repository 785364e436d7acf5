import { type MessageJob, sessionQueue } from '@signalbox/contracts';
import { PauseQueue, type TakenJob } from '@signalbox/queues';
import { untilDone } from '@signalbox/service';
import type { Nudge } from '../session/nudge.ts';
import { words } from '../wording/words.ts';
import { joinMessages } from './join-messages.ts';
import type { MessageRun } from './message-run.ts';
import { runMessage } from './run-message.ts';
import { Stopped, watchStop } from './watch-stop.ts';

/**
 * Takes a message from the queue: it may be a part of the turn before it, may have been taken out meanwhile, or others may belong to
 * it. Otherwise as `runMessage`.
 */
export async function takeMessage(run: Omit<MessageRun, 'stop'>, nudge: Nudge): Promise<void> {
  const { taken, job, parts, signal } = run;
  const { signals, waiting } = parts.queues;
  const queue = sessionQueue(job.session, parts.pool);
  const onRetry = (err: unknown) => parts.log.warn({ err, session: job.session }, 'A message waits for Redis');
  const surely = <T>(work: () => Promise<T>, until = signal) => untilDone(work, { signal: until, onRetry });
  const [leader, stop] = await Promise.all([
    surely(() => waiting.partOf(queue.name, taken.id)),
    watchStop({ signals, nudge, log: parts.log }, { queue: queue.name, jobId: taken.id }, signal),
  ]);
  // One that had not begun was taken out by somebody who saw that it was gone.
  let hasBegun = taken.startedBefore;
  let messageIds = idsOf(job);
  try {
    if (leader !== undefined) return;
    if (!taken.startedBefore) await surely(() => forgetThePast(run, taken));
    stop.requested.throwIfAborted();
    const either = AbortSignal.any([signal, stop.requested]);
    const joined: MessageJob = await surely(() => joinMessages(waiting, queue.name, taken, job, either), either);
    hasBegun = true;
    messageIds = idsOf(joined);
    if (parts.reactions === 'all') await react(run, messageIds, '🤔');
    await runMessage({ ...run, job: joined, stop: stop.requested });
    await run.finished();
    await react(run, messageIds, '👌');
  } catch (error) {
    const isStopped = stop.requested.aborted;
    // It goes on later, with what it has asked.
    if (signal.aborted || (error instanceof PauseQueue && !isStopped)) throw error;
    await run.finished();
    if (isStopped && hasBegun) await tellStopped(run, stop.requested.reason);
    await react(run, messageIds, isStopped ? '😴' : '💔');
    if (!isStopped) throw error;
  } finally {
    stop.end();
  }
}

/** What was said to the jobs before this one is of no use any more. */
async function forgetThePast({ job, parts }: Omit<MessageRun, 'stop'>, { id }: TakenJob): Promise<void> {
  const { signals, waiting } = parts.queues;
  const queue = sessionQueue(job.session, parts.pool);
  await Promise.all([signals.tidy(queue, id), waiting.beginAfresh(queue.name, id)]);
}

/** The messages in the chat that a job came from. */
function idsOf({ origin, more = [] }: MessageJob): number[] {
  return [origin, ...more.map((part) => part.origin)].map(({ messageId }) => messageId);
}

/** Lets a person who scrolls see what became of a message. */
async function react(run: Omit<MessageRun, 'stop'>, messageIds: readonly number[], emoji: string): Promise<void> {
  if (run.parts.reactions === 'off') return;
  await run.publisher.reaction(run.taken.id, run.job.origin.place, messageIds, emoji);
}

async function tellStopped({ taken, job, publisher }: Omit<MessageRun, 'stop'>, reason: unknown): Promise<void> {
  const by = reason instanceof Stopped && reason.by !== job.origin.userName ? reason.by : undefined;
  await publisher.notice(taken.id, 'stopped', job.origin, words.stopped(by));
}
