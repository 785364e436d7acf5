import type { SessionJob } from '@signalbox/contracts';
import type { TakenJob } from '@signalbox/queues';
import type { SessionStore } from '@signalbox/sessions';
import { clearConversation } from '../conversation/clear-conversation.ts';
import { compactConversation } from '../conversation/compact-conversation.ts';
import type { JobOf, LifecycleNeeds, LifecycleRun } from '../conversation/lifecycle-run.ts';
import { rewindConversation } from '../conversation/rewind-conversation.ts';
import { archiveSession, restoreSession } from './archive-session.ts';
import { deleteSession } from './delete-session.ts';
import { forkSession } from './fork-session.ts';
import { renameSession } from './rename-session.ts';

type Step<Job extends SessionJob> = (run: LifecycleRun<Job>, needs: LifecycleNeeds) => Promise<void>;

const STEPS: { readonly [Kind in LifecycleKind]: Step<JobOf<Kind>> } = {
  clear: clearConversation,
  compact: compactConversation,
  rewind: rewindConversation,
  fork: forkSession,
  rename: renameSession,
  archive: archiveSession,
  restore: restoreSession,
  delete: deleteSession,
};

type LifecycleKind = Exclude<SessionJob['kind'], 'message' | 'new' | 'warm'>;
/** A command that changes the session itself. */
export type LifecycleJob = JobOf<LifecycleKind>;

/** Whether a job is one of these, and none for Claude. */
export function isLifecycleJob(job: SessionJob): job is LifecycleJob {
  return Object.hasOwn(STEPS, job.kind);
}

/** Whether the session's directory is gone because an earlier try of this very job has moved or removed it. */
export async function hasTakenAway(
  taken: TakenJob,
  job: SessionJob,
  store: Pick<SessionStore, 'peekMetadata'>,
): Promise<boolean> {
  if (job.kind === 'rename') return (await store.peekMetadata(job.to))?.renamedBy === taken.id;
  return job.kind === 'delete' && taken.startedBefore && !taken.afterPause;
}

/** Carries a command out that changes the session. Throws what Claude and the file system throw. */
export function runLifecycle(run: LifecycleRun<LifecycleJob>, needs: LifecycleNeeds): Promise<void> {
  return (STEPS[run.job.kind] as Step<LifecycleJob>)(run, needs);
}
