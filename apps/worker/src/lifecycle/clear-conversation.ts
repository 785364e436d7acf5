import { messageUuid } from '@signalbox/contracts';
import { noUsage } from '@signalbox/sessions';
import { words } from '../wording/words.ts';
import { changeMetadata } from './change-metadata.ts';
import type { JobOf, LifecycleRun } from './lifecycle-run.ts';

/** Begins a new conversation in the same session. Its id comes from the job: done again it is the same one. */
export async function clearConversation(run: LifecycleRun<JobOf<'clear'>>): Promise<void> {
  const { name, taken, job, publisher, parts } = run;
  await run.stopClaude();
  await changeMetadata(run, { claudeSessionId: messageUuid(taken.id), background: 'none' });
  const { context: _, ...usage } = (await parts.store.peekUsage(name)) ?? noUsage();
  await parts.store.writeUsage(name, usage);
  await publisher.notice(taken.id, 'cleared', { place: job.origin.place }, words.cleared(name));
}
