import { ClaudeError, keepsConversation, lookAtTurn } from '@signalbox/claude';
import { messageUuid } from '@signalbox/contracts';
import { endIfInactive, inactivityLimit } from '../turn/end-if-inactive.ts';
import type { LoadedSession } from '../warm/session-record.ts';
import { words } from '../wording/words.ts';
import { type JobOf, type LifecycleNeeds, type LifecycleRun, loadedFor } from './lifecycle-run.ts';

type Run = LifecycleRun<JobOf<'compact'>>;

/**
 * Has the CLI replace the conversation so far by a summary. The command's row in the transcript says whether it was done: a crash in
 * between leads to neither two summaries nor none. It may be stopped as a turn may.
 */
export async function compactConversation(run: Run, needs: LifecycleNeeds): Promise<void> {
  const { name, taken, job, publisher, signal } = run;
  const stop = await needs.watchStop(taken.id, signal);
  const tell = (text: string) => publisher.notice(taken.id, 'compacted', { place: job.origin.place }, text);
  try {
    const before = (await needs.store.peekUsage(name))?.context?.tokens;
    const loaded = await needs.record.load(loadedFor(run));
    const { claudeSessionId } = loaded.metadata;
    if (!(await keepsConversation({ ...needs.setup, claudeSessionId }))) return await tell(words.tooShortToCompact);
    const isDone = await wasDone(run, claudeSessionId, needs);
    const after = isDone ? undefined : await compact(run, loaded, stop.requested, needs);
    await tell(words.compacted(before, after));
  } catch (error) {
    if (signal.aborted) throw error;
    if (stop.requested.aborted) return await tell(words.stopped(undefined));
    if (!(error instanceof ClaudeError)) throw error;
    needs.log.warn({ session: name, code: error.code }, error.message);
    await tell(words.failed(error.advice));
  } finally {
    stop.end();
  }
}

async function wasDone({ name, taken }: Run, claudeSessionId: string, needs: LifecycleNeeds): Promise<boolean> {
  if (!taken.startedBefore || needs.claude.process) return false;
  const session = { ...needs.setup, claudeSessionId, marker: needs.store.paths(name).dir };
  return (await lookAtTurn(session, messageUuid(taken.id))).state !== 'absent';
}

/** Resolves to how many tokens the conversation has after it, if Claude says so. */
async function compact(
  { name, taken, job, publisher, signal }: Run,
  loaded: LoadedSession,
  stop: AbortSignal,
  { store, record, claude, inactivityMs }: LifecycleNeeds,
): Promise<number | undefined> {
  stop.throwIfAborted();
  const process = claude.process ?? (await claude.start(loaded, { signal }));
  const message = { uuid: messageUuid(taken.id), content: '/compact', isCommand: true };
  const watch = {
    claude,
    limitMs: inactivityLimit(await store.peekSettings(name), inactivityMs),
    isExcused: () => false,
    onInactive: (limitMs: number) => publisher.notice(taken.id, 'silent', job.origin, words.silent(limitMs)),
  };
  const turn = () => process.runTurn(message, { onEvent: () => undefined, signal });
  const outcome = await endIfInactive(process, stop, watch, turn);
  if (outcome.status === 'interrupted') stop.throwIfAborted();
  await record.recordUsage(outcome);
  return outcome.context?.tokens;
}
