import { copyConversation } from '@signalbox/claude';
import { type ForkJob, messageUuid } from '@signalbox/contracts';
import { type LifecycleNeeds, type LifecycleRun, loadedFor } from '../conversation/lifecycle-run.ts';
import { HistoryGone } from '../warm/session-history.ts';
import { describeDiskProblem } from '../wording/describe-disk-problem.ts';
import { words } from '../wording/words.ts';
import { giveNameBack } from './give-name-back.ts';

/**
 * Makes a session that goes on from a copy of this conversation as it is now. Its workspace is a copy too; a directory outside is
 * shared. Done again it finds what it made.
 */
export async function forkSession(run: LifecycleRun<ForkJob>, needs: LifecycleNeeds): Promise<void> {
  const { name, taken, job, publisher } = run;
  const { store, routing, surely } = needs;
  const { to } = job;
  const problem = await copySession(run, needs).catch((error: NodeJS.ErrnoException) => {
    needs.log.error({ err: error, session: name }, 'A session could not be copied');
    return describeDiskProblem(error, store.root) ?? error.code ?? 'see the log of the worker';
  });
  if (problem !== undefined) {
    await giveNameBack(run, needs, name);
    return publisher.notice(taken.id, 'forked', job.origin, words.notForked(name, problem));
  }
  await surely(() => routing.setRenamed(to, undefined));
  await surely(() => routing.setActivity(to, { status: 'suspended', lastUsedAt: Date.now() }));
  await surely(() => routing.changeCard(to, { awaits: undefined }));
  await publisher.notice(taken.id, 'forked', { place: job.origin.place }, words.forked(name, to));
}

/** Resolves to why it cannot be done; `undefined`: it is done. */
async function copySession(
  run: LifecycleRun<ForkJob>,
  { store, record, history, setup }: LifecycleNeeds,
): Promise<string | undefined> {
  const { name, taken, job } = run;
  if (await store.exists(job.to)) {
    return (await store.peekMetadata(job.to))?.createdBy === taken.id ? undefined : words.alreadyThere(job.to);
  }
  const { metadata, persona } = await record.load(loadedFor(run));
  const { claudeSessionId, lastRow, directory } = metadata;
  const gone = await history.require(metadata).catch((error: unknown) => {
    if (error instanceof HistoryGone) return error;
    throw error;
  });
  if (gone) return words.historyIsGone(gone.loss);
  // Before the session: one that is there is whole.
  const conversation = messageUuid(taken.id);
  await copyConversation({ ...setup, claudeSessionId }, conversation);
  await store.create({
    name: job.to,
    persona,
    claudeSessionId: conversation,
    createdBy: taken.id,
    lastPlace: job.origin.place,
    settings: await store.peekSettings(name),
    lastRow,
    ...(directory === undefined ? { contents: store.paths(name).workspace } : { directory }),
  });
  return undefined;
}
