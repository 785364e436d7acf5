import type { MessageJob, NewJob, QueueRef, SessionJob } from '@signalbox/contracts';
import { JobFailed, PauseQueue, type TakenJob } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import type { SessionStore } from '@signalbox/sessions';
import type { Publisher } from '../output/publish.ts';
import { ask, buttons } from '../turn/message-run.ts';
import { hasTriedEnough, requireMayTry } from '../turn/require-may-try.ts';
import type { TakenMessage } from '../turn/take-message.ts';
import { words } from '../wording/words.ts';

type Command = Exclude<SessionJob, MessageJob>;

/** What doing a session's jobs calls. */
export interface RunJobNeeds {
  readonly queue: QueueRef;
  readonly publisher: Publisher;
  readonly store: Pick<SessionStore, 'exists'>;
  readonly log: Log;
  /** Whether a job is none for Claude now, and was dealt with. */
  takeLifecycle(taken: TakenJob, job: Exclude<SessionJob, NewJob>, signal: AbortSignal): Promise<boolean>;
  takeMessage(message: TakenMessage): Promise<void>;
  /** Resolves to whether the session is there. */
  makeSession(jobId: string, job: NewJob): Promise<boolean>;
  /** Leaves no name behind that was claimed for a command. */
  letGo(taken: TakenJob, job: Command): Promise<void>;
  /** Starts Claude ahead of the next message. */
  warmUp(jobId: string, job: SessionJob, signal: AbortSignal): Promise<void>;
  /** What is wrong with the session's disk, in words; `undefined` for what is none of its errors. */
  diskProblem(error: unknown): string | undefined;
}

/** Does a job of a session. What is no fault of the job's is told in the chat, and fails it. Throws what `JobHandler.handle` may throw. */
export async function runJob(taken: TakenJob, job: SessionJob, signal: AbortSignal, needs: RunJobNeeds): Promise<void> {
  try {
    await doJob(taken, job, signal, needs);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof JobFailed || error instanceof PauseQueue) throw error;
    needs.log.error({ err: error, session: job.session, job: taken.id }, 'A job met an unforeseen error');
    await tellUnforeseen(taken, job, error, needs);
    throw error;
  }
}

async function doJob(taken: TakenJob, job: SessionJob, signal: AbortSignal, needs: RunJobNeeds): Promise<void> {
  const { queue, publisher, store } = needs;
  if (job.kind !== 'message') await requireCommandMayTry(taken, job, needs);
  if (job.kind === 'new') {
    if (await needs.makeSession(taken.id, job)) await needs.warmUp(taken.id, job, signal);
  } else if (await needs.takeLifecycle(taken, job, signal)) {
    // A conversation that is about to begin, or to go on, is made ready while the person types.
    const isDue = job.kind === 'clear' || job.kind === 'restore';
    if (isDue && (await store.exists(job.session))) await needs.warmUp(taken.id, job, signal);
  } else if (job.kind === 'message') await needs.takeMessage({ taken, job, queue, publisher, signal });
  else await needs.warmUp(taken.id, job, signal);
}

/** A command that is not tried again leaves no name behind that was claimed for it. */
async function requireCommandMayTry(taken: TakenJob, job: Command, needs: RunJobNeeds): Promise<void> {
  const { publisher, store, letGo } = needs;
  if (hasTriedEnough(taken) && !(await store.exists('to' in job ? job.to : job.session))) await letGo(taken, job);
  await requireMayTry(taken, job.origin.place, publisher);
}

async function tellUnforeseen(
  taken: TakenJob,
  job: SessionJob,
  error: unknown,
  { queue, publisher, diskProblem }: RunJobNeeds,
): Promise<void> {
  const problem = diskProblem(error);
  const text = problem ? words.notHandled(problem) : words.unforeseen;
  if (job.kind === 'message') await ask({ taken, job, queue, publisher }, 'unforeseen', text, [buttons.retry]);
  else await publisher.notice(taken.id, 'unforeseen', job.origin, text);
}
