import type { RenameJob } from '@signalbox/contracts';
import { loadSession } from '../session/load-session.ts';
import { words } from '../wording/words.ts';
import { giveNameBack } from './give-name-back.ts';
import type { LifecycleRun } from './lifecycle-run.ts';

/**
 * Gives the session another name: its directory, its card, its places. What else still comes to the old name's queue is passed on from
 * there. Every step may be done again; that the directory has moved is told by the metadata in it.
 */
export async function renameSession(run: LifecycleRun<RenameJob>): Promise<void> {
  const { name, taken, job, publisher, parts } = run;
  const { to } = job;
  const moved = await moveDirectory(run);
  if (!moved) {
    await giveNameBack(run, name);
    return publisher.notice(taken.id, 'renamed', job.origin, words.notRenamed(name, words.alreadyThere(to)));
  }
  await moveRouting(run);
  await publisher.notice(taken.id, 'renamed', { place: job.origin.place }, words.renamed(name, to));
  parts.log.info({ session: to, before: name }, 'A session has another name');
}

/** Resolves to whether it could be moved. One that is gone was moved by an earlier try: else the job would not be at work. */
async function moveDirectory(run: LifecycleRun<RenameJob>): Promise<boolean> {
  const { name, taken, job, warm, publisher, parts } = run;
  const { store } = parts;
  if (!(await store.exists(name))) return true;
  if (await store.exists(job.to)) return false;
  await run.stopClaude();
  const { metadata, notices } = await loadSession(name, parts);
  for (const { what, text } of notices) await publisher.notice(taken.id, what, job.origin, text);
  await store.writeMetadata({ ...metadata, renamedBy: taken.id });
  warm.forget();
  await store.rename(name, job.to);
  return true;
}

/** The old name is given back last: until then whoever finds it, finds this session. */
async function moveRouting({ name, job: { to }, parts, surely }: LifecycleRun<RenameJob>): Promise<void> {
  const { routing } = parts.queues;
  const metadata = await parts.store.peekMetadata(to);
  await surely(() => routing.noteRenamed(to, undefined));
  await surely(() => routing.changeCard(to, { awaits: undefined, persona: metadata?.persona ?? 'default' }));
  await surely(() => routing.noteActivity(to, { status: 'suspended', lastUsedAt: Date.now() }));
  await surely(() => routing.noteRenamed(name, to));
  await surely(() => routing.movePlaces(name, to));
  const card = await surely(() => routing.session(name));
  if (card) await surely(() => routing.unclaim(card));
  await surely(() => routing.forgetActivity(name));
}
