import { keepsConversation } from '@signalbox/claude';
import { messageUuid } from '@signalbox/contracts';
import { withLeft } from '@signalbox/sessions';
import { words } from '../wording/words.ts';
import { forgetContext } from './forget-context.ts';
import { type JobOf, type LifecycleNeeds, type LifecycleRun, loadedFor } from './lifecycle-run.ts';
import { showLeft } from './show-left.ts';

/** Begins a new conversation in the same session. Its id comes from the job: done again it is the same one. */
export async function clearConversation(run: LifecycleRun<JobOf<'clear'>>, needs: LifecycleNeeds): Promise<void> {
  const { name, taken, job, publisher } = run;
  const { store, record, setup, stopClaude } = needs;
  const here = messageUuid(taken.id);
  await stopClaude();
  const { metadata } = await record.load(loadedFor(run));
  const { claudeSessionId } = metadata;
  if (claudeSessionId !== here) {
    // What nobody has spoken in need not be brought back.
    const isKept = await keepsConversation({ ...setup, claudeSessionId });
    const earlier = isKept ? withLeft(metadata, new Date()) : metadata.earlier;
    const change = { claudeSessionId: here, lastRow: undefined, refused: undefined, rewoundTo: undefined, earlier };
    await record.change(change, loadedFor(run));
  }
  await forgetContext(name, store);
  const shown = showLeft(name, (await record.load()).metadata, words.cleared(name));
  await publisher.show(taken.id, 'cleared', { place: job.origin.place }, shown);
}
