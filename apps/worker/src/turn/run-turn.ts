import { ClaudeError, type ClaudeProcess, type TurnEvent, type TurnOutcome } from '@signalbox/claude';
import { messageUuid, type Origin, type Settings } from '@signalbox/contracts';
import { createOutput } from '../output/create-output.ts';
import type { Progress } from '../progress/show-progress.ts';
import { describeDiskProblem } from '../wording/describe-disk-problem.ts';
import { words } from '../wording/words.ts';
import { composeMessage } from './compose-message.ts';
import type { MessageRun } from './message-run.ts';
import { noteUsage } from './note-usage.ts';
import { watchSilence } from './watch-silence.ts';
import { STOP_GRACE_MS } from './watch-stop.ts';

/** How long an interrupted Claude may take to end its turn before its process is ended, in ms. */
const INTERRUPT_GRACE_MS = 10_000;

/** Has a process handle the message, and publishes what Claude says. Throws `ClaudeError`. */
export async function runTurn(run: MessageRun, process: ClaudeProcess, progress: Progress): Promise<void> {
  const { taken, job, warm, publisher, parts, signal } = run;
  const { place } = job.origin;
  const settings = await parts.store.peekSettings(job.session);
  const mode = settings.output ?? warm.persona?.settings.output_mode ?? 'normal';
  const output = createOutput(mode, { place, publisher, redactBeginning: parts.redactBeginning });
  const onEvent = async (event: TurnEvent) => {
    progress.note(event);
    run.note(event);
    await output.take(event);
  };
  const message = { uuid: messageUuid(taken.id), content: composeMessage(job, run.files) };
  const limitMs = silenceLimit(settings, parts.inactivityMs);
  const outcome = await watched(run, process, limitMs, () => process.runTurn(message, { onEvent, signal }));
  await output.finish();
  if (outcome.status === 'interrupted' && !run.stop.aborted)
    await publisher.notice(taken.id, 'interrupted', job.origin, words.interrupted);
  else if (!output.hasSpoken && outcome.status === 'answered')
    await publisher.notice(taken.id, 'said-nothing', job.origin, words.saidNothing);
  if (outcome.isKept === false) {
    const dir = parts.claude.configDir ?? 'CLAUDE_CONFIG_DIR';
    // Once for a conversation, not for every message.
    await publisher.notice(process.claudeSessionId, 'not-kept', job.origin, words.notKept(dir));
  }
  await noteUsage(job.session, outcome, parts);
  const { turns = 0, costUsd = 0 } = warm.metadata ?? {};
  const lastUsedAt = new Date().toISOString();
  const change = { lastPlace: place, lastUsedAt, turns: turns + 1, costUsd: costUsd + outcome.costUsd };
  const problem = describeDiskProblem(await warm.note(change), parts.store.root);
  if (problem) await publisher.notice(taken.id, 'not-noted', job.origin, words.notNoted(job.session, problem));
  // What was said counts, and what it has cost; the rest is up to whoever stopped it.
  if (outcome.status === 'interrupted') run.stop.throwIfAborted();
}

/** How long Claude may be silent in a turn of a session, in ms. */
export function silenceLimit({ timeoutMinutes }: Settings, inactivityMs: number): number {
  return timeoutMinutes === undefined ? inactivityMs : timeoutMinutes * 60_000;
}

/**
 * A Claude that gives no sign of life is interrupted, and ended if it does not take note: the turn then fails as `silent`. So is one
 * that a person stops: the turn then fails with the reason of `stop`.
 */
export async function watched(
  {
    taken,
    job,
    publisher,
    stop,
    isAsking,
  }: Pick<MessageRun, 'taken' | 'publisher' | 'stop' | 'isAsking'> & { readonly job: { readonly origin: Origin } },
  process: ClaudeProcess,
  limitMs: number,
  turn: () => Promise<TurnOutcome>,
): Promise<TurnOutcome> {
  let silent: ClaudeError | undefined;
  let forced: NodeJS.Timeout | undefined;
  const onSilent = () => {
    silent = new ClaudeError('silent', `Claude printed nothing for ${limitMs} ms in a turn`);
    forced = setTimeout(() => process.stop().catch(ignore), INTERRUPT_GRACE_MS);
    const told = publisher.notice(taken.id, 'silent', job.origin, words.silent(limitMs));
    told.then(() => process.interrupt()).catch(ignore);
  };
  const onStop = () => {
    forced = setTimeout(() => process.stop({ graceMs: STOP_GRACE_MS }).catch(ignore), STOP_GRACE_MS);
    process.interrupt().catch(ignore);
  };
  stop.addEventListener('abort', onStop, { once: true });
  const stopWatching = watchSilence(process, { limitMs, isExcused: isAsking }, onSilent);
  try {
    const running = turn();
    // Told to stop while Claude was started: one that was started to continue this turn takes no other before it.
    if (stop.aborted) onStop();
    const outcome = await running;
    if (silent && outcome.status === 'interrupted') throw silent;
    return outcome;
  } catch (error) {
    throw silent && error instanceof ClaudeError ? silent : error;
  } finally {
    stopWatching();
    stop.removeEventListener('abort', onStop);
    clearTimeout(forced);
  }
}

/** Whatever fails in ending a silent Claude, the end of its turn or of its process is what counts. */
function ignore(): void {}
