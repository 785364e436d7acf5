import { ClaudeError, type ClaudeProcess, keepsConversation, lookAtTurn } from '@signalbox/claude';
import { messageUuid } from '@signalbox/contracts';
import { loadSession } from '../load-session.ts';
import { noteUsage } from '../note-usage.ts';
import { words } from '../words.ts';
import type { JobOf, LifecycleRun } from './lifecycle-run.ts';

/**
 * Has the CLI replace the conversation so far by a summary. The command's row in the transcript says whether it was done: a crash in
 * between leads to neither two summaries nor none.
 */
export async function compactConversation(run: LifecycleRun<JobOf<'compact'>>): Promise<void> {
  const { name, taken, job, publisher, parts } = run;
  const before = (await parts.store.peekUsage(name))?.context?.tokens;
  try {
    const { metadata } = await loadSession(name, parts);
    const isEmpty = !(await keepsConversation({ ...parts.claude, claudeSessionId: metadata.claudeSessionId }));
    const after = isEmpty || (await wasDone(run)) ? undefined : await compact(run);
    const text = isEmpty ? words.tooShortToCompact : words.compacted(before, after);
    await publisher.notice(taken.id, 'compacted', { place: job.origin.place }, text);
  } catch (error) {
    if (!(error instanceof ClaudeError) || run.signal.aborted) throw error;
    parts.log.warn({ session: name, code: error.code }, error.message);
    await publisher.notice(taken.id, 'compacted', job.origin, words.failed(error.advice));
  }
}

async function wasDone({ name, taken, warm, parts }: LifecycleRun): Promise<boolean> {
  if (!taken.startedBefore || warm.process) return false;
  const { metadata } = await loadSession(name, parts);
  const session = { ...parts.claude, claudeSessionId: metadata.claudeSessionId, marker: parts.store.paths(name).dir };
  return (await lookAtTurn(session, messageUuid(taken.id))).state !== 'absent';
}

/** Resolves to how many tokens the conversation has after it, if Claude says so. */
async function compact(run: LifecycleRun): Promise<number | undefined> {
  const { name, taken, warm, parts, signal } = run;
  const process = warm.process ?? (await start(run));
  await taken.begin();
  const message = { uuid: messageUuid(taken.id), content: '/compact', isCommand: true };
  const outcome = await process.runTurn(message, { onEvent: () => undefined, signal });
  await noteUsage(name, outcome, parts);
  return outcome.context?.tokens;
}

async function start({ name, taken, job, warm, publisher, parts, signal }: LifecycleRun): Promise<ClaudeProcess> {
  const loaded = await loadSession(name, parts);
  for (const { what, text } of loaded.notices) await publisher.notice(taken.id, what, job.origin, text);
  return warm.start(loaded, undefined, signal);
}
