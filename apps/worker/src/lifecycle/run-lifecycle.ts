import type { SessionJob } from '@signalbox/contracts';
import type { TakenJob } from '@signalbox/queues';
import type { SessionStore } from '@signalbox/sessions';
import { archiveSession, restoreSession } from './archive-session.ts';
import { clearConversation } from './clear-conversation.ts';
import { compactConversation } from './compact-conversation.ts';
import { deleteSession } from './delete-session.ts';
import { forkSession } from './fork-session.ts';
import type { JobOf, LifecycleRun } from './lifecycle-run.ts';
import { renameSession } from './rename-session.ts';

const STEPS: { readonly [Kind in LifecycleKind]: (run: LifecycleRun<JobOf<Kind>>) => Promise<void> } = {
  clear: clearConversation,
  compact: compactConversation,
  fork: forkSession,
  rename: renameSession,
  archive: archiveSession,
  restore: restoreSession,
  delete: deleteSession,
};

export type LifecycleKind = Exclude<SessionJob['kind'], 'message' | 'new' | 'warm'>;
export type LifecycleJob = JobOf<LifecycleKind>;

export function isLifecycleJob(job: SessionJob): job is LifecycleJob {
  return Object.hasOwn(STEPS, job.kind);
}

/** Whether the session's directory is gone because an earlier try of this very job has moved or removed it. */
export async function hasTakenAway(taken: TakenJob, job: SessionJob, store: SessionStore): Promise<boolean> {
  if (job.kind === 'rename') return (await store.peekMetadata(job.to))?.renamedBy === taken.id;
  return job.kind === 'delete' && taken.startedBefore && !taken.afterPause;
}

/** Carries a command out that changes the session. Throws what Claude and the file system throw. */
export function runLifecycle(run: LifecycleRun<LifecycleJob>): Promise<void> {
  return (STEPS[run.job.kind] as (run: LifecycleRun) => Promise<void>)(run);
}
