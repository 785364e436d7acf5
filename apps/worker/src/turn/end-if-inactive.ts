import { ClaudeError, type ClaudeProcess, type TurnOutcome } from '@signalbox/claude';
import type { Settings } from '@signalbox/contracts';
import type { WarmClaude } from '../warm/warm-claude.ts';
import { watchInactivity } from './watch-inactivity.ts';
import { STOP_GRACE_MS } from './watch-stop.ts';

/** How long an interrupted Claude may take to end its turn before its process is ended, in ms. */
const INTERRUPT_GRACE_MS = 10_000;

/** How long Claude may be silent in a turn of a session, in ms: as a person has set it, else the configuration's limit. */
export function inactivityLimit({ timeoutMinutes }: Settings, inactivityMs: number): number {
  return timeoutMinutes === undefined ? inactivityMs : timeoutMinutes * 60_000;
}

/** When a Claude counts as inactive, who is told first, and what ends it. */
interface Watch {
  /** Ends the process, so that no other turn is given to it any more. */
  readonly claude: Pick<WarmClaude, 'stop'>;
  readonly limitMs: number;
  isExcused(): boolean;
  onInactive(limitMs: number): Promise<void>;
}

/**
 * A Claude that gives no sign of life is interrupted, and ended if it does not take note: the turn then fails as `silent`. So is one
 * that a person stops: the turn then fails with the reason of `stop`.
 */
export async function endIfInactive(
  process: ClaudeProcess,
  stop: AbortSignal,
  { claude, limitMs, isExcused, onInactive }: Watch,
  turn: () => Promise<TurnOutcome>,
): Promise<TurnOutcome> {
  let silent: ClaudeError | undefined;
  let forced: NodeJS.Timeout | undefined;
  const interrupt = () => {
    silent = new ClaudeError('silent', `Claude printed nothing for ${limitMs} ms in a turn`);
    forced = setTimeout(() => claude.stop().catch(ignore), INTERRUPT_GRACE_MS);
    onInactive(limitMs)
      .then(() => process.interrupt())
      .catch(ignore);
  };
  const onStop = () => {
    forced = setTimeout(() => claude.stop({ graceMs: STOP_GRACE_MS }).catch(ignore), STOP_GRACE_MS);
    process.interrupt().catch(ignore);
  };
  stop.addEventListener('abort', onStop, { once: true });
  const stopWatching = watchInactivity(process, { limitMs, isExcused }, interrupt);
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
