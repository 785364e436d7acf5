import { ClaudeError, type ClaudeProcess } from '@signalbox/claude';
import { messageUuid } from '@signalbox/contracts';
import { JobFailed, MOST_TRIES, PauseQueue } from '@signalbox/queues';
import type { Log } from '@signalbox/service';
import { hasTriedEnough } from '../output/require-may-try.ts';
import { HistoryGone } from '../warm/session-history.ts';
import type { SessionRecord } from '../warm/session-record.ts';
import type { WarmClaude } from '../warm/warm-claude.ts';
import { describeLateness } from '../wording/describe-lateness.ts';
import { words } from '../wording/words.ts';
import { ask, buttons, type MessageRun, type Turn } from './message-run.ts';
import { askAboutHistory, forgetHistoryIfWanted } from './settle-history.ts';
import { tellIfRefused } from './settle-refusal.ts';
import { limitPauseMs, limitQuestion } from './usage-limit.ts';

/** What doing a message calls. */
export interface RunMessageNeeds {
  readonly claude: WarmClaude;
  readonly record: Pick<SessionRecord, 'load' | 'change'>;
  readonly log: Log;
  /** What a person types at the worker's machine to get Claude Code. */
  readonly command: string;
  /** When this worker began to serve the session, in ms since the epoch. */
  readonly servedSince: number;
  /** A session that was not used for so long says that it is resumed, in ms. */
  readonly idleTimeoutMs: number;
  takeFiles(run: MessageRun): Promise<Turn['files']>;
  /** How it is shown what Claude does, and which message its answers are replies to. */
  presentTurn(run: MessageRun): Pick<Turn, 'progress' | 'answersTo'>;
  settleInterruption(run: MessageRun): Promise<void>;
  runTurn(run: MessageRun, turn: Turn): Promise<void>;
}

/**
 * Does a message job: one turn of Claude, and a notice if there is none. Throws `JobFailed` when the person was told why, and
 * `PauseQueue` when the session waits for a word of theirs or for its limits.
 */
export async function runMessage(run: MessageRun, needs: RunMessageNeeds): Promise<void> {
  const { taken, job, signal, stop } = run;
  await requireMayRun(run, needs);
  const { progress, answersTo } = needs.presentTurn(run);
  try {
    await tryTurn(run, { files: await needs.takeFiles(run), progress, answersTo }, needs);
  } catch (error) {
    if (stop.aborted && !signal.aborted) await keepPartial(run, progress.unsaid(), answersTo);
    if (signal.aborted || stop.aborted) throw error;
    if (error instanceof HistoryGone) throw await askAboutHistory(run, error);
    if (!(error instanceof ClaudeError)) throw error;
    needs.log.warn({ session: job.session, job: taken.id, code: error.code }, error.message);
    throw await tellFailure(run, error, needs);
  } finally {
    progress.end();
  }
}

/** What a person has read in the live view does not vanish because they stopped it. */
async function keepPartial(
  { taken, job, publisher }: MessageRun,
  text: string,
  answersTo: Turn['answersTo'],
): Promise<void> {
  if (text.trim() === '') return;
  const replyTo = await answersTo();
  await publisher.said(job.origin.place, `partial-${taken.id}`, `${text.trimEnd()} …`, { replyTo });
}

/** What was decided about the message, what became of its earlier tries, and how it was cut off, may each end it here. */
async function requireMayRun(run: MessageRun, needs: RunMessageNeeds): Promise<void> {
  const { taken } = run;
  if (taken.chosen?.choice === 'drop') throw new JobFailed('Dropped');
  if (hasTriedEnough(taken)) {
    await ask(run, 'gave-up', words.gaveUp(taken.takeOvers), [buttons.retry, buttons.drop]);
    throw new JobFailed(`Given up after ${taken.takeOvers} take-overs`);
  }
  if (!taken.startedBefore) return tellIfLate(run, needs);
  await forgetHistoryIfWanted(run, needs.record);
  if (taken.afterPause) return;
  await needs.settleInterruption(run);
  await tellContinuing(run);
}

async function tellContinuing({ taken, job, publisher }: MessageRun): Promise<void> {
  await publisher.notice(taken.id, 'continuing', { place: job.origin.place }, words.continuing);
}

async function tellIfLate({ taken, job, publisher }: MessageRun, { servedSince }: RunMessageNeeds): Promise<void> {
  const passage = { sentAt: job.origin.sentAt, addedAt: taken.addedAt, servedSince };
  const late = describeLateness(passage, Date.now());
  if (late) await publisher.notice(taken.id, 'late', job.origin, late);
}

/** Tells the person that there is no answer, and why. Resolves to what ends the job. */
async function tellFailure(run: MessageRun, error: ClaudeError, needs: RunMessageNeeds): Promise<Error> {
  const { code, retryAt = 0 } = error;
  const now = Date.now();
  const forMs = limitPauseMs(retryAt, now);
  // What a person mends (a login, a persona's model) counts from the next start, and a pause may last for hours.
  if (!error.retryable || forMs !== undefined) await needs.claude.stop();
  if (forMs !== undefined) {
    const text = words.limited(Math.max(retryAt, now + forMs));
    const questionId = await ask(run, limitQuestion(run.taken, retryAt), text, [buttons.tryNow, buttons.drop]);
    return new PauseQueue(`A usage limit until ${new Date(retryAt).toISOString()}`, { questionId, forMs });
  }
  const advice = error.advice(needs.command);
  if (!(await tellIfRefused(run, error, { record: needs.record, advice })))
    await ask(run, `failed-${code}`, words.failed(advice), [buttons.retry]);
  return new JobFailed(code);
}

/** Has Claude handle the message. A Claude that ends by itself is started again, and the message continued, a few times. */
async function tryTurn(run: MessageRun, turn: Omit<Turn, 'process'>, needs: RunMessageNeeds): Promise<void> {
  const { taken, job, signal, stop } = run;
  for (let tries = 1, inFlight = taken.startedBefore; ; tries += 1, inFlight = true) {
    try {
      const process = (await currentProcess(needs)) ?? (await startFor(run, inFlight, needs));
      signal.throwIfAborted();
      await taken.begin();
      return await needs.runTurn(run, { ...turn, process });
    } catch (error) {
      const isWanted = !signal.aborted && !stop.aborted;
      const endedByItself = error instanceof ClaudeError && error.code === 'exited' && isWanted;
      if (!endedByItself || tries >= MOST_TRIES) throw error;
      needs.log.warn({ session: job.session, job: taken.id }, `Claude ended in the middle of a turn: ${error.message}`);
      await needs.claude.stop();
      await tellContinuing(run);
    }
  }
}

/**
 * The living process. One that was started with what no longer holds is stopped first, so that another is started; unless a background
 * task runs in it, which would be cut off: then at the first turn after that.
 */
async function currentProcess({ claude }: RunMessageNeeds): Promise<ClaudeProcess | undefined> {
  if (claude.process?.background !== 'none' || (await claude.isUpToDate())) return claude.process;
  await claude.stop();
  return undefined;
}

/** Starts Claude for a message, saying what a person should know of it. `inFlight`: the message may have been given to Claude before. */
async function startFor(
  { taken, job, publisher, signal, stop }: MessageRun,
  inFlight: boolean,
  { claude, record, idleTimeoutMs }: RunMessageNeeds,
): Promise<ClaudeProcess> {
  const loaded = await record.load({ jobId: taken.id, to: job.origin });
  const idleMs = Date.now() - Date.parse(loaded.metadata.lastUsedAt);
  const isResumed = loaded.metadata.lastRow !== undefined && !inFlight && idleMs >= idleTimeoutMs;
  const willStart = async () => {
    if (isResumed) await publisher.notice(taken.id, 'resuming', { place: job.origin.place }, words.resuming(idleMs));
  };
  const inFlightUuid = inFlight ? messageUuid(taken.id) : undefined;
  return claude.start(loaded, { inFlightUuid, signal: AbortSignal.any([signal, stop]), willStart });
}
