import type { Metadata } from '@signalbox/sessions';
import { loadSession } from '../session/load-session.ts';
import type { LifecycleRun } from './lifecycle-run.ts';

/** Writes a change of the session's metadata down, whether or not its Claude runs. Throws what the file system throws. */
export async function changeMetadata(run: LifecycleRun, change: Partial<Metadata>): Promise<Metadata> {
  const { name, taken, job, warm, publisher, parts } = run;
  const { metadata, notices } = await loadSession(name, parts);
  for (const { what, text } of notices) await publisher.notice(taken.id, what, job.origin, text);
  const changed = { ...metadata, ...change };
  await parts.store.writeMetadata(changed);
  // It is read again at the next start; what a running one notes must not undo this.
  warm.adopt(changed);
  return changed;
}
