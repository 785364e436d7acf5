import type { TurnEvent } from '@signalbox/claude';
import { messageUuid, type Settings } from '@signalbox/contracts';
import type { Redact } from '@signalbox/service';
import { createOutput } from '../output/create-output.ts';
import type { SessionRecord } from '../warm/session-record.ts';
import { outputOf } from '../warm/settings-in-force.ts';
import type { WarmClaude } from '../warm/warm-claude.ts';
import { words } from '../wording/words.ts';
import { composeMessage } from './compose-message.ts';
import { endIfInactive, inactivityLimit } from './end-if-inactive.ts';
import type { MessageRun, Turn } from './message-run.ts';

/** What a turn calls. */
export interface RunTurnNeeds {
  readonly claude: Pick<WarmClaude, 'persona' | 'stop'>;
  readonly record: Pick<SessionRecord, 'recordTurn'>;
  /** Claude's own directory, as a person may know it. */
  readonly configDir: string;
  readonly redactBeginning: Redact;
  /** A Claude that prints nothing for so long in a turn is interrupted, in ms. */
  readonly inactivityMs: number;
  readSettings(): Promise<Settings>;
  /** Keeps a copy of what Claude keeps of the conversation. Never rejects. */
  keepHistory(): Promise<void>;
  /** Told of all that Claude does. */
  onEvent(event: TurnEvent): void;
  /** Whether Claude waits for a person now, so that its silence means nothing. */
  isAsking(): boolean;
  /** What is wrong with the session's disk, in words; `undefined` for what is none of its errors. */
  diskProblem(error: unknown): string | undefined;
}

/** Has a process handle the message, and publishes what Claude says. Throws `ClaudeError`. */
export async function runTurn(run: MessageRun, turn: Turn, needs: RunTurnNeeds): Promise<void> {
  const { taken, job, publisher, signal, stop } = run;
  const { process, files, progress, answersTo } = turn;
  const { place } = job.origin;
  const settings = await needs.readSettings();
  const mode = outputOf({ settings, persona: needs.claude.persona });
  const output = createOutput(mode, { place, publisher, answersTo, redactBeginning: needs.redactBeginning });
  const onEvent = async (event: TurnEvent) => {
    progress.take(event);
    needs.onEvent(event);
    await output.take(event);
  };
  const message = { uuid: messageUuid(taken.id), content: composeMessage(job, files) };
  const watch = {
    claude: needs.claude,
    limitMs: inactivityLimit(settings, needs.inactivityMs),
    isExcused: needs.isAsking,
    onInactive: (limitMs: number) => publisher.notice(taken.id, 'silent', job.origin, words.silent(limitMs)),
  };
  const outcome = await endIfInactive(process, stop, watch, () => process.runTurn(message, { onEvent, signal }));
  await output.finish();
  if (outcome.status === 'interrupted' && !stop.aborted)
    await publisher.notice(taken.id, 'interrupted', job.origin, words.interrupted);
  else if (!output.hasSpoken && outcome.status === 'answered')
    await publisher.notice(taken.id, 'said-nothing', job.origin, words.saidNothing);
  // Once for a conversation, not for every message.
  if (outcome.isKept === false)
    await publisher.notice(process.claudeSessionId, 'not-kept', job.origin, words.notKept(needs.configDir));
  const problem = needs.diskProblem(await needs.record.recordTurn(outcome, place));
  if (problem) await publisher.notice(taken.id, 'not-noted', job.origin, words.notNoted(job.session, problem));
  await needs.keepHistory();
  // What was said counts, and what it has cost; the rest is up to whoever stopped it.
  if (outcome.status === 'interrupted') stop.throwIfAborted();
}
