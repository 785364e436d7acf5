import type { MessageJob, NewJob, QueueRef, SessionJob } from '@signalbox/contracts';
import type { TakenJob } from '@signalbox/queues';
import type { SessionStore } from '@signalbox/sessions';
import type { Publisher } from '../output/publish.ts';
import { hasTriedEnough, requireMayTry } from '../output/require-may-try.ts';
import type { TakenMessage } from '../turn/take-message.ts';

type Command = Exclude<SessionJob, MessageJob>;

/** What doing a session's jobs calls. */
export interface RunJobNeeds {
  readonly queue: QueueRef;
  readonly publisher: Publisher;
  readonly store: Pick<SessionStore, 'exists'>;
  /** Whether a job is none for Claude now, and was dealt with. */
  takeLifecycle(taken: TakenJob, job: Exclude<SessionJob, NewJob>, signal: AbortSignal): Promise<boolean>;
  takeMessage(message: TakenMessage): Promise<void>;
  /** Resolves to whether the session is there. */
  makeSession(jobId: string, job: NewJob): Promise<boolean>;
  /** Leaves no name behind that was claimed for a command. */
  letGo(taken: TakenJob, job: Command): Promise<void>;
  /** Starts Claude ahead of the next message. */
  warmUp(jobId: string, job: SessionJob, signal: AbortSignal): Promise<void>;
}

/** Does a job of a session. Throws what `JobHandler.handle` may throw. */
export async function runJob(taken: TakenJob, job: SessionJob, signal: AbortSignal, needs: RunJobNeeds): Promise<void> {
  const { queue, publisher, store } = needs;
  if (job.kind !== 'message') await requireCommandMayTry(taken, job, needs);
  if (job.kind === 'new') {
    if (await needs.makeSession(taken.id, job)) await needs.warmUp(taken.id, job, signal);
  } else if (await needs.takeLifecycle(taken, job, signal)) {
    // A conversation that is about to begin, or to go on, is made ready while the person types.
    const isDue = job.kind === 'clear' || job.kind === 'restore' || job.kind === 'rewind';
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
