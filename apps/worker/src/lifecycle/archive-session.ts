import { type JobOf, type LifecycleNeeds, type LifecycleRun, loadedFor } from '../conversation/lifecycle-run.ts';
import { words } from '../wording/words.ts';

/** Puts the session away: nothing of it runs, and nobody talks to it. */
export async function archiveSession(
  run: LifecycleRun<JobOf<'archive'>>,
  { routing, record, stopClaude, surely }: LifecycleNeeds,
): Promise<void> {
  const { name, taken, job, publisher } = run;
  await stopClaude();
  await record.change({ archived: true }, loadedFor(run));
  await surely(() => routing.movePlaces(name, undefined));
  await surely(() => routing.changeCard(name, { archived: true }));
  await publisher.notice(taken.id, 'archived', { place: job.origin.place }, words.archived(name));
}

/** Brings it back, where it was asked for. */
export async function restoreSession(
  run: LifecycleRun<JobOf<'restore'>>,
  { routing, record, surely }: LifecycleNeeds,
): Promise<void> {
  const { name, taken, job, publisher } = run;
  await record.change({ archived: false }, loadedFor(run));
  await surely(() => routing.changeCard(name, { archived: undefined }));
  await surely(() => routing.activateIfNone(job.origin.place, name));
  await publisher.notice(taken.id, 'restored', { place: job.origin.place }, words.restored(name));
}
