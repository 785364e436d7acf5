import type { ForkJob, RenameJob } from '@signalbox/contracts';
import type { LifecycleNeeds, LifecycleRun } from '../conversation/lifecycle-run.ts';

/** A name that was claimed for nothing is free again, and who was sent there talks to another session, or to none. */
export async function giveNameBack(
  { job: { to }, taken }: Pick<LifecycleRun<ForkJob | RenameJob>, 'job' | 'taken'>,
  { routing, surely }: Pick<LifecycleNeeds, 'routing' | 'surely'>,
  backTo: string | undefined,
): Promise<void> {
  const card = await surely(() => routing.session(to));
  if (card?.claimedBy !== taken.id) return;
  await surely(() => routing.movePlaces(to, backTo));
  await surely(() => routing.unclaim(card));
}
