import type { RenameJob } from '@signalbox/contracts';
import { type LifecycleNeeds, type LifecycleRun, loadedFor } from '../conversation/lifecycle-run.ts';
import { words } from '../wording/words.ts';
import { giveNameBack } from './give-name-back.ts';

/**
 * Gives the session another name: its directory, its card, its places. What else still comes to the old name's queue is passed on from
 * there. Every step may be done again; that the directory has moved is told by the metadata in it.
 */
export async function renameSession(run: LifecycleRun<RenameJob>, needs: LifecycleNeeds): Promise<void> {
  const { name, taken, job, publisher } = run;
  const { to } = job;
  if (!(await moveDirectory(run, needs))) {
    await giveNameBack(run, needs, name);
    return publisher.notice(taken.id, 'renamed', job.origin, words.notRenamed(name, words.alreadyThere(to)));
  }
  await moveRouting(name, to, needs);
  await publisher.notice(taken.id, 'renamed', { place: job.origin.place }, words.renamed(name, to));
  needs.log.info({ session: to, before: name }, 'A session has another name');
}

/** Resolves to whether it could be moved. One that is gone was moved by an earlier try: else the job would not be at work. */
async function moveDirectory(
  run: LifecycleRun<RenameJob>,
  { store, record, stopClaude }: LifecycleNeeds,
): Promise<boolean> {
  const { name, taken, job } = run;
  if (!(await store.exists(name))) return true;
  if (await store.exists(job.to)) return false;
  await stopClaude();
  await record.change({ renamedBy: taken.id }, loadedFor(run));
  record.forget();
  await store.rename(name, job.to);
  return true;
}

/** The old name is given back last: until then whoever finds it, finds this session. */
async function moveRouting(name: string, to: string, { store, routing, surely }: LifecycleNeeds): Promise<void> {
  const metadata = await store.peekMetadata(to);
  await surely(() => routing.setRenamed(to, undefined));
  await surely(() => routing.changeCard(to, { awaits: undefined, persona: metadata?.persona ?? 'default' }));
  await surely(() => routing.setActivity(to, { status: 'suspended', lastUsedAt: Date.now() }));
  await surely(() => routing.setRenamed(name, to));
  await surely(() => routing.movePlaces(name, to));
  const card = await surely(() => routing.session(name));
  if (card) await surely(() => routing.unclaim(card));
  await surely(() => routing.forgetActivity(name));
}
