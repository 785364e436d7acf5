import { ClaudeError, type ClaudeProcess, keepsConversation, lookAtTurn } from '@signalbox/claude';
import { messageUuid } from '@signalbox/contracts';
import { loadSession } from '../session/load-session.ts';
import { noteUsage } from '../turn/note-usage.ts';
import { silenceLimit, watched } from '../turn/run-turn.ts';
import { words } from '../wording/words.ts';
import type { JobOf, LifecycleRun } from './lifecycle-run.ts';

/**
 * Has the CLI replace the conversation so far by a summary. The command's row in the transcript says whether it was done: a crash in
 * between leads to neither two summaries nor none. It may be stopped as a turn may.
 */
export async function compactConversation(run: LifecycleRun<JobOf<'compact'>>): Promise<void> {
  const { name, taken, job, publisher, parts } = run;
  const stop = await run.watchStop();
  const tell = (text: string) => publisher.notice(taken.id, 'compacted', { place: job.origin.place }, text);
  try {
    const before = (await parts.store.peekUsage(name))?.context?.tokens;
    if (await isEmpty(run)) return await tell(words.tooShortToCompact);
    const after = (await wasDone(run)) ? undefined : await compact(run, stop.requested);
    await tell(words.compacted(before, after));
  } catch (error) {
    if (run.signal.aborted) throw error;
    if (stop.requested.aborted) return await tell(words.stopped(undefined));
    if (!(error instanceof ClaudeError)) throw error;
    parts.log.warn({ session: name, code: error.code }, error.message);
    await tell(words.failed(error.advice));
  } finally {
    stop.end();
  }
}

async function isEmpty({ name, parts }: LifecycleRun): Promise<boolean> {
  const { metadata } = await loadSession(name, parts);
  return !(await keepsConversation({ ...parts.claude, claudeSessionId: metadata.claudeSessionId }));
}

async function wasDone({ name, taken, warm, parts }: LifecycleRun): Promise<boolean> {
  if (!taken.startedBefore || warm.process) return false;
  const { metadata } = await loadSession(name, parts);
  const session = { ...parts.claude, claudeSessionId: metadata.claudeSessionId, marker: parts.store.paths(name).dir };
  return (await lookAtTurn(session, messageUuid(taken.id))).state !== 'absent';
}

/** Resolves to how many tokens the conversation has after it, if Claude says so. */
async function compact(run: LifecycleRun, stop: AbortSignal): Promise<number | undefined> {
  const { name, taken, warm, parts, signal } = run;
  stop.throwIfAborted();
  const process = warm.process ?? (await start(run));
  const message = { uuid: messageUuid(taken.id), content: '/compact', isCommand: true };
  const watch = { ...run, stop, isAsking: () => false };
  const turn = () => process.runTurn(message, { onEvent: () => undefined, signal });
  const limitMs = silenceLimit(await parts.store.peekSettings(name), parts.inactivityMs);
  const outcome = await watched(watch, process, limitMs, turn);
  if (outcome.status === 'interrupted') stop.throwIfAborted();
  await noteUsage(name, outcome, parts);
  return outcome.context?.tokens;
}

async function start({ name, taken, job, warm, publisher, parts, signal }: LifecycleRun): Promise<ClaudeProcess> {
  const loaded = await loadSession(name, parts);
  for (const { what, text } of loaded.notices) await publisher.notice(taken.id, what, job.origin, text);
  return warm.start(loaded, undefined, signal);
}
