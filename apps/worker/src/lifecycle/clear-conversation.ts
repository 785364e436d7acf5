import { messageUuid } from '@signalbox/contracts';
import { noUsage } from '@signalbox/sessions';
import { words } from '../wording/words.ts';
import { type JobOf, type LifecycleNeeds, type LifecycleRun, loadedFor } from './lifecycle-run.ts';

/** Begins a new conversation in the same session. Its id comes from the job: done again it is the same one. */
export async function clearConversation(
  run: LifecycleRun<JobOf<'clear'>>,
  { store, record, stopClaude }: LifecycleNeeds,
): Promise<void> {
  const { name, taken, job, publisher } = run;
  await stopClaude();
  await record.change({ claudeSessionId: messageUuid(taken.id) }, loadedFor(run));
  const { context: _, ...usage } = (await store.peekUsage(name)) ?? noUsage();
  await store.writeUsage(name, usage);
  await publisher.notice(taken.id, 'cleared', { place: job.origin.place }, words.cleared(name));
}
