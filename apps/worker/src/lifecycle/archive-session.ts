import { words } from '../wording/words.ts';
import { changeMetadata } from './change-metadata.ts';
import type { JobOf, LifecycleRun } from './lifecycle-run.ts';

/** Puts the session away: nothing of it runs, and nobody talks to it. */
export async function archiveSession(run: LifecycleRun<JobOf<'archive'>>): Promise<void> {
  const { name, taken, job, publisher, parts, surely } = run;
  const { routing } = parts.queues;
  await run.stopClaude();
  await changeMetadata(run, { archived: true });
  await surely(() => routing.movePlaces(name, undefined));
  await surely(() => routing.changeCard(name, { archived: true }));
  await publisher.notice(taken.id, 'archived', { place: job.origin.place }, words.archived(name));
}

/** Brings it back, where it was asked for. */
export async function restoreSession(run: LifecycleRun<JobOf<'restore'>>): Promise<void> {
  const { name, taken, job, publisher, parts, surely } = run;
  const { routing } = parts.queues;
  await changeMetadata(run, { archived: false });
  await surely(() => routing.changeCard(name, { archived: undefined }));
  await surely(() => routing.activateIfNone(job.origin.place, name));
  await publisher.notice(taken.id, 'restored', { place: job.origin.place }, words.restored(name));
}
