import { ClaudeError, keepsConversation, readCompaction, type TurnEvent } from '@signalbox/claude';
import { messageUuid } from '@signalbox/contracts';
import { endIfInactive, inactivityLimit } from '../turn/end-if-inactive.ts';
import { HistoryGone } from '../warm/session-history.ts';
import type { LoadedSession } from '../warm/session-record.ts';
import { words } from '../wording/words.ts';
import { type JobOf, type LifecycleNeeds, type LifecycleRun, loadedFor } from './lifecycle-run.ts';

type Run = LifecycleRun<JobOf<'compact'>>;

/** What came of it. `tokens`: how many the conversation has after it, if Claude says so. */
type Outcome = { done: true; tokens?: number | undefined } | { done: false; reason: string };

/** What the CLI says if there is nothing to replace (measured on 2.1.329). */
const NOTHING = /No messages to compact/;

/**
 * Has the CLI replace the conversation so far by a summary. Only what the CLI says of that, or its transcript, tells whether it was done: the
 * command itself always ends well. A crash in between leads to neither two summaries nor none. It may be stopped as a turn may.
 */
export async function compactConversation(run: Run, needs: LifecycleNeeds): Promise<void> {
  const { name, taken, job, publisher, signal } = run;
  const stop = await needs.watchStop(taken.id, signal);
  const tell = (text: string) => publisher.notice(taken.id, 'compacted', { place: job.origin.place }, text);
  try {
    const before = (await needs.store.peekUsage(name))?.context?.tokens;
    const loaded = await needs.record.load(loadedFor(run));
    const outcome = (await findOutcome(run, loaded, needs)) ?? (await compact(run, loaded, stop.requested, needs));
    if (outcome === undefined) return await tell(words.tooShortToCompact);
    if (!outcome.done && NOTHING.test(outcome.reason)) return await tell(words.tooShortToCompact);
    if (!outcome.done) return await tell(words.notCompacted(outcome.reason));
    // What the API refused was in what is a summary now.
    await needs.record.change({ refused: undefined }, loadedFor(run));
    await tell(words.compacted(before, outcome.tokens));
  } catch (error) {
    if (signal.aborted) throw error;
    if (stop.requested.aborted) return await tell(words.stopped(undefined));
    if (error instanceof HistoryGone) return await tell(words.historyGone(error.loss));
    if (!(error instanceof ClaudeError)) throw error;
    needs.log.warn({ session: name, code: error.code }, error.message);
    await tell(words.notCompacted(error.advice(needs.setup.command)));
  } finally {
    stop.end();
  }
}

/** What came of it in an earlier try, as the transcript has it; `undefined`: there is none that came to an end. */
async function findOutcome(
  { name, taken }: Run,
  { metadata }: LoadedSession,
  needs: LifecycleNeeds,
): Promise<Outcome | undefined> {
  if (!taken.startedBefore || needs.claude.process) return undefined;
  const session = { ...needs.setup, claudeSessionId: metadata.claudeSessionId, marker: needs.store.paths(name).dir };
  return readCompaction(session, messageUuid(taken.id));
}

/** Resolves to what came of it; `undefined`: there was nothing to replace. */
async function compact(
  { name, taken, job, publisher, signal }: Run,
  loaded: LoadedSession,
  stop: AbortSignal,
  { store, record, claude, setup, inactivityMs }: LifecycleNeeds,
): Promise<Outcome | undefined> {
  stop.throwIfAborted();
  const { claudeSessionId, lastRow } = loaded.metadata;
  if (lastRow === undefined && !(await keepsConversation({ ...setup, claudeSessionId }))) return undefined;
  const process = claude.process ?? (await claude.start(loaded, { signal }));
  const message = { uuid: messageUuid(taken.id), content: '/compact', isCommand: true };
  const watch = {
    claude,
    limitMs: inactivityLimit(await store.peekSettings(name), inactivityMs),
    isExcused: () => false,
    onInactive: (limitMs: number) => publisher.notice(taken.id, 'silent', job.origin, words.silent(limitMs)),
  };
  let isDone = false;
  let reason: string | undefined;
  const onEvent = (event: TurnEvent) => {
    if (event.type === 'compacted') isDone = true;
    else if (event.type === 'compaction-failed') reason = event.reason;
  };
  const outcome = await endIfInactive(process, stop, watch, () => process.runTurn(message, { onEvent, signal }));
  if (outcome.status === 'interrupted') stop.throwIfAborted();
  await record.recordUsage(outcome);
  if (isDone) return { done: true, tokens: outcome.context?.tokens };
  reason = reason || outcome.text;
  return reason === undefined ? undefined : { done: false, reason };
}
