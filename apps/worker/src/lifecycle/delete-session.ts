import type { DeleteJob } from '@signalbox/contracts';
import type { LifecycleNeeds, LifecycleRun } from '../conversation/lifecycle-run.ts';
import { words } from '../wording/words.ts';

/**
 * Removes the session's directory, its card and its places. What lies elsewhere stays: the directory it was told to work in, and Claude's
 * own transcripts. The name is given back last, so that until then nobody can make another session of it.
 */
export async function deleteSession(
  { name, taken, job, publisher }: LifecycleRun<DeleteJob>,
  needs: LifecycleNeeds,
): Promise<void> {
  const { store, routing, surely } = needs;
  const card = await surely(() => routing.session(name));
  if (card && card.claimedBy !== job.claimedBy) {
    return publisher.notice(taken.id, 'deleted', job.origin, words.notDeleted(name));
  }
  const directory = (await store.peekMetadata(name))?.directory;
  await needs.stopClaude();
  needs.record.forget();
  if (card) await surely(() => routing.movePlaces(name, undefined));
  await store.remove(name);
  if (card) await surely(() => routing.unclaim(card));
  await surely(() => routing.forgetActivity(name));
  await publisher.notice(taken.id, 'deleted', { place: job.origin.place }, words.deleted(name, directory));
  needs.log.info({ session: name }, 'A session was deleted');
}
