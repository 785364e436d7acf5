import type { MessageJob } from '@signalbox/contracts';
import { PauseQueue, type Questions, type Signals, untilDone, type Waiting } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import { words } from '../wording/words.ts';
import { type JoiningQueue, joinMessages } from './join-messages.ts';
import type { MessageRun } from './message-run.ts';
import { Stopped, type StopWatch } from './watch-stop.ts';

/** A message job that was taken from the queue, before it is known whether it is to be done. */
export type TakenMessage = Omit<MessageRun, 'stop'>;

/** What taking messages calls. */
export interface TakeMessageNeeds {
  readonly signals: Pick<Signals, 'tidy'>;
  readonly questions: Pick<Questions, 'tidy'>;
  readonly waiting: JoiningQueue & Pick<Waiting, 'joinedTo' | 'beginAfresh'>;
  /** Which reactions say what becomes of a message. */
  readonly reactions: 'all' | 'done' | 'off';
  readonly log: Log;
  watchStop(jobId: string, signal: AbortSignal): Promise<StopWatch>;
  runMessage(run: MessageRun): Promise<void>;
  /** Takes back what was asked in the turn: it is over for good. */
  settleQuestions(message: TakenMessage): Promise<void>;
}

/**
 * Takes a message from the queue: it may belong to the turn before it, may have been taken out meanwhile, or others may belong to
 * it. Otherwise as `runMessage`.
 */
export async function takeMessage(message: TakenMessage, needs: TakeMessageNeeds): Promise<void> {
  const { taken, job, queue, signal } = message;
  const { waiting, log } = needs;
  const onRetry = (err: unknown) => log.warn({ err, session: job.session }, 'A message waits for Redis');
  const surely = <T>(work: () => Promise<T>, until = signal) => untilDone(work, { signal: until, onRetry });
  const [leader, stop] = await Promise.all([
    surely(() => waiting.joinedTo(queue.name, taken.id)),
    needs.watchStop(taken.id, signal),
  ]);
  // One that had not begun was taken out by somebody who saw that it was gone.
  let hasBegun = taken.startedBefore;
  let messageIds = idsOf(job);
  const react = (emoji: string) => reactTo(message, needs, messageIds, emoji);
  try {
    if (leader !== undefined) return;
    if (!taken.startedBefore) await surely(() => forgetThePast(message, needs));
    stop.requested.throwIfAborted();
    const either = AbortSignal.any([signal, stop.requested]);
    const joined: MessageJob = await surely(() => joinMessages(waiting, queue.name, taken, job, either), either);
    hasBegun = true;
    messageIds = idsOf(joined);
    if (needs.reactions === 'all') await react('🤔');
    await needs.runMessage({ ...message, job: joined, stop: stop.requested });
    await needs.settleQuestions(message);
    await react('👌');
  } catch (error) {
    const isStopped = stop.requested.aborted;
    // It goes on later, with what it has asked.
    if (signal.aborted || (error instanceof PauseQueue && !isStopped)) throw error;
    await needs.settleQuestions(message);
    if (isStopped && hasBegun) await tellStopped(message, stop.requested.reason);
    await react(isStopped ? '😴' : '💔');
    if (!isStopped) throw error;
  } finally {
    stop.end();
  }
}

/** What was said to the jobs before this one is of no use any more. */
async function forgetThePast(
  { taken, queue }: TakenMessage,
  { signals, questions, waiting }: TakeMessageNeeds,
): Promise<void> {
  await Promise.all([
    signals.tidy(queue, taken.id),
    questions.tidy(queue.name),
    waiting.beginAfresh(queue.name, taken.id),
  ]);
}

/** The messages in the chat that a job came from. */
function idsOf({ origin, more = [] }: MessageJob): number[] {
  return [origin, ...more.map((message) => message.origin)].map(({ messageId }) => messageId);
}

/** Lets a person who scrolls see what became of a message. */
async function reactTo(
  { taken, job, publisher }: TakenMessage,
  { reactions }: TakeMessageNeeds,
  messageIds: readonly number[],
  emoji: string,
): Promise<void> {
  if (reactions !== 'off') await publisher.reaction(taken.id, job.origin.place, messageIds, emoji);
}

async function tellStopped({ taken, job, publisher }: TakenMessage, reason: unknown): Promise<void> {
  const by = reason instanceof Stopped && reason.by !== job.origin.userName ? reason.by : undefined;
  await publisher.notice(taken.id, 'stopped', job.origin, words.stopped(by));
}
