import { ClaudeError, type ClaudeProcess } from '@signalbox/claude';
import { messageUuid } from '@signalbox/contracts';
import { JobFailed, MOST_TRIES, PauseQueue } from '@signalbox/queues';
import { takeFiles } from '../files/take-files.ts';
import { type Progress, showProgress } from '../progress/show-progress.ts';
import { loadSession } from '../session/load-session.ts';
import { describeLateness } from '../wording/describe-lateness.ts';
import { words } from '../wording/words.ts';
import { ask, buttons, type MessageRun } from './message-run.ts';
import { hasTriedEnough } from './require-may-try.ts';
import { runTurn } from './run-turn.ts';
import { settleInterruption } from './settle-interruption.ts';
import { limitPauseMs, limitQuestion } from './usage-limit.ts';

/**
 * Does a message job: one turn of Claude, and a notice if there is none. Throws `JobFailed` when the person was told why, and
 * `PauseQueue` when the session waits for a word of theirs or for its limits.
 */
export async function runMessage(run: MessageRun): Promise<void> {
  const { taken, job, parts, signal } = run;
  await requireMayRun(run);
  const progress = showProgress(
    { place: job.origin.place, session: job.session, jobId: taken.id, todos: run.warm.todos },
    {
      publish: parts.queues.publishLive,
      isOurs: () => run.warm.isOurs,
      redactBeginning: parts.redactBeginning,
    },
  );
  try {
    await takeTurn({ ...run, files: await takeFiles(run) }, progress);
  } catch (error) {
    if (run.stop.aborted && !signal.aborted) await keepPartial(run, progress.unsaid());
    if (!(error instanceof ClaudeError) || signal.aborted || run.stop.aborted) throw error;
    parts.log.warn({ session: job.session, job: taken.id, code: error.code }, error.message);
    throw await tellFailure(run, error);
  } finally {
    progress.end();
  }
}

/** What a person has read in the live view does not vanish because they stopped it. */
async function keepPartial({ taken, job, publisher }: MessageRun, text: string): Promise<void> {
  if (text.trim() !== '') await publisher.said(job.origin.place, `partial-${taken.id}`, `${text.trimEnd()} …`);
}

/** What was decided about the message, what became of its earlier tries, and how it was cut off, may each end it here. */
async function requireMayRun(run: MessageRun): Promise<void> {
  const { taken, job, publisher } = run;
  if (taken.chosen?.choice === 'drop') throw new JobFailed('Dropped');
  if (hasTriedEnough(taken)) {
    await ask(run, 'gave-up', words.gaveUp(taken.takeOvers), [buttons.retry, buttons.drop]);
    throw new JobFailed(`Given up after ${taken.takeOvers} take-overs`);
  }
  if (!taken.startedBefore) return tellIfLate(run);
  if (taken.afterPause) return;
  await settleInterruption(run);
  await publisher.notice(taken.id, 'continuing', { place: job.origin.place }, words.continuing);
}

async function tellIfLate({ taken, job, servedSince, publisher }: MessageRun): Promise<void> {
  const passage = { sentAt: job.origin.sentAt, addedAt: taken.addedAt, servedSince };
  const late = describeLateness(passage, Date.now());
  if (late) await publisher.notice(taken.id, 'late', job.origin, late);
}

/** Tells the person that there is no answer, and why. Resolves to what ends the job. */
async function tellFailure(run: MessageRun, error: ClaudeError): Promise<Error> {
  const { code, retryAt = 0 } = error;
  const now = Date.now();
  const forMs = limitPauseMs(retryAt, now);
  // What a person mends (a login, a persona's model) counts from the next start, and a pause may last for hours.
  if (!error.retryable || forMs !== undefined) await run.warm.stop(true);
  if (forMs !== undefined) {
    const text = words.limited(Math.max(retryAt, now + forMs));
    const questionId = await ask(run, limitQuestion(run.taken, retryAt), text, [buttons.tryNow, buttons.drop]);
    return new PauseQueue(`A usage limit until ${new Date(retryAt).toISOString()}`, { questionId, forMs });
  }
  await ask(run, `failed-${code}`, words.failed(error.advice), [buttons.retry]);
  return new JobFailed(code);
}

/** Has Claude handle the message. A Claude that ends by itself is started again, and the message continued, a few times. */
async function takeTurn(run: MessageRun, progress: Progress): Promise<void> {
  const { taken, job, warm, publisher, parts, signal, stop } = run;
  for (let tries = 1, inFlight = taken.startedBefore; ; tries += 1, inFlight = true) {
    try {
      const process = (await currentProcess(run)) ?? (await startFor(run, inFlight));
      signal.throwIfAborted();
      await taken.begin();
      return await runTurn(run, process, progress);
    } catch (error) {
      const isWanted = !signal.aborted && !stop.aborted;
      const endedByItself = error instanceof ClaudeError && error.code === 'exited' && isWanted;
      if (!endedByItself || tries >= MOST_TRIES) throw error;
      parts.log.warn({ session: job.session, job: taken.id }, `Claude ended in the middle of a turn: ${error.message}`);
      await warm.stop(true);
      await publisher.notice(taken.id, 'continuing', { place: job.origin.place }, words.continuing);
    }
  }
}

/**
 * The living process. One that was started with what no longer holds is stopped first, so that another is started; unless a background
 * task runs in it, which would be cut off: then at the first turn after that.
 */
async function currentProcess({ warm }: MessageRun): Promise<ClaudeProcess | undefined> {
  if (warm.process?.background !== 'none' || (await warm.isUpToDate())) return warm.process;
  await warm.stop(true);
  return undefined;
}

/** Starts Claude for a message, saying what a person should know of it. `inFlight`: the message may have been given to Claude before. */
async function startFor(run: MessageRun, inFlight: boolean): Promise<ClaudeProcess> {
  const { taken, job, warm, publisher, parts, signal, stop } = run;
  const loaded = await loadSession(job.session, parts);
  for (const { what, text } of loaded.notices) await publisher.notice(taken.id, what, job.origin, text);
  const idleMs = Date.now() - Date.parse(loaded.metadata.lastUsedAt);
  if (loaded.metadata.turns > 0 && !inFlight && idleMs >= parts.idleTimeoutMs) {
    await publisher.notice(taken.id, 'resuming', { place: job.origin.place }, words.resuming(idleMs));
  }
  return warm.start(loaded, inFlight ? messageUuid(taken.id) : undefined, AbortSignal.any([signal, stop]));
}
