import { ClaudeError, type ClaudeProcess, type TurnEvent } from '@signalbox/claude';
import { type MessageJob, messageUuid } from '@signalbox/contracts';
import { JobFailed, type TakenJob } from '@signalbox/queues';
import { composeMessage } from './compose-message.ts';
import { loadSession } from './load-session.ts';
import type { Publisher } from './publish.ts';
import type { SessionParts } from './session-parts.ts';
import { type Progress, showProgress } from './show-progress.ts';
import type { WarmClaude } from './warm-claude.ts';
import { words } from './words.ts';

/** How often a message may bring its worker or its Claude down before it is set aside. */
const MOST_TRIES = 3;

export interface MessageRun {
  readonly taken: TakenJob;
  readonly job: MessageJob;
  readonly warm: WarmClaude;
  readonly publisher: Publisher;
  readonly parts: SessionParts;
  readonly signal: AbortSignal;
}

/** Does a message job: one turn of Claude, and a notice if there is none. Throws `JobFailed` when the person was told why. */
export async function runMessage(run: MessageRun): Promise<void> {
  const { taken, job, publisher, parts, signal } = run;
  if (taken.takeOvers >= MOST_TRIES) {
    await publisher.notice(taken.id, 'gave-up', job.origin, words.gaveUp(taken.takeOvers));
    throw new JobFailed(`Given up after ${taken.takeOvers} take-overs`);
  }
  if (taken.startedBefore)
    await publisher.notice(taken.id, 'continuing', { place: job.origin.place }, words.continuing);
  const progress = showProgress(
    { place: job.origin.place, session: job.session, jobId: taken.id },
    parts.queues.publishLive,
  );
  try {
    await takeTurn(run, progress);
  } catch (error) {
    if (!(error instanceof ClaudeError) || signal.aborted) throw error;
    parts.log.warn({ session: job.session, job: taken.id, code: error.code }, error.message);
    // What a person mends (a login, a persona's model) counts from the next start.
    if (!error.retryable) await run.warm.stop(true);
    await publisher.notice(taken.id, `failed-${error.code}`, job.origin, words.failed(error.advice));
    throw new JobFailed(error.code);
  } finally {
    progress.end();
  }
}

/** Has Claude handle the message. A Claude that ends by itself is started again, and the message continued, a few times. */
async function takeTurn(run: MessageRun, progress: Progress): Promise<void> {
  const { taken, job, warm, publisher, parts, signal } = run;
  for (let tries = 1, inFlight = taken.startedBefore; ; tries += 1, inFlight = true) {
    try {
      const process = warm.process ?? (await startFor(run, inFlight));
      signal.throwIfAborted();
      return await runTurn(run, process, progress);
    } catch (error) {
      const endedByItself = error instanceof ClaudeError && error.code === 'exited' && !signal.aborted;
      if (!endedByItself || tries >= MOST_TRIES) throw error;
      parts.log.warn({ session: job.session, job: taken.id }, `Claude ended in the middle of a turn: ${error.message}`);
      await warm.stop(true);
      await publisher.notice(taken.id, 'continuing', { place: job.origin.place }, words.continuing);
    }
  }
}

/** Starts Claude for a message, saying what a person should know of it. `inFlight`: the message may have been given to Claude before. */
async function startFor({ taken, job, warm, publisher, parts }: MessageRun, inFlight: boolean): Promise<ClaudeProcess> {
  const loaded = await loadSession(job.session, parts);
  for (const { what, text } of loaded.notices) await publisher.notice(taken.id, what, job.origin, text);
  const idleMs = Date.now() - Date.parse(loaded.metadata.lastUsedAt);
  if (loaded.metadata.turns > 0 && !inFlight && idleMs >= parts.idleTimeoutMs) {
    await publisher.notice(taken.id, 'resuming', { place: job.origin.place }, words.resuming(idleMs));
  }
  return warm.start(loaded, inFlight ? messageUuid(taken.id) : undefined);
}

async function runTurn(
  { taken, job, warm, publisher, signal }: MessageRun,
  process: ClaudeProcess,
  progress: Progress,
): Promise<void> {
  const { place } = job.origin;
  let said = 0;
  const onEvent = async (event: TurnEvent) => {
    progress.note(event);
    if (event.type !== 'said' || event.text.trim() === '') return;
    said += 1;
    await publisher.said(place, event.rowUuid, event.text);
  };
  const message = { uuid: messageUuid(taken.id), content: composeMessage(job) };
  const outcome = await process.runTurn(message, { onEvent, signal });
  if (outcome.status === 'interrupted') await publisher.notice(taken.id, 'interrupted', job.origin, words.interrupted);
  else if (said === 0) await publisher.notice(taken.id, 'said-nothing', job.origin, words.saidNothing);
  const { turns = 0, costUsd = 0 } = warm.metadata ?? {};
  const lastUsedAt = new Date().toISOString();
  await warm.note({ lastPlace: place, lastUsedAt, turns: turns + 1, costUsd: costUsd + outcome.costUsd });
}
