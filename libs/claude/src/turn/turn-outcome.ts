import type { ResultLine } from '../stream/line.ts';
import type { RateLimit } from './turn-event.ts';

/** Tokens of one turn. */
interface TurnUsage {
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheCreationTokens: number;
}

/** How a turn ended, unless it failed: then `runTurn` throws a `ClaudeError`. */
export interface TurnOutcome {
  /** `interrupted`: a person (or a refused permission) ended it. */
  status: 'answered' | 'interrupted';
  /** Claude's last text, for a summary. What was said in the chat came as `said` events. */
  text?: string;
  /** US dollars of this turn alone; 0 if it was found finished in the transcript. */
  costUsd: number;
  usage: TurnUsage;
  durationMs: number;
  /** Model requests of this turn; 0 if it was found finished in the transcript. */
  numTurns: number;
  /** `rerun`: continued after a crash; `from-transcript`: it had finished before the crash. */
  recovered: 'none' | 'rerun' | 'from-transcript';
  /** Whether Claude keeps the conversation on disk; looked at after the first message of a process that ran as usual. */
  isKept?: boolean;
  /** Tokens of the conversation as the model had it last, and how many its window holds. */
  context?: { tokens: number; window: number };
  /** The last row that the conversation's transcript has by now, if the CLI told of any. */
  lastRow?: string;
  /** The last word on the account's limits, if the CLI gave one. */
  rateLimit?: RateLimit;
}

export const NO_USAGE: TurnUsage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheCreationTokens: 0 };

/** Whether a `result` tells of a turn that somebody ended: interrupt, or a denial with `interrupt` (measured on 2.1.329). */
export function wasInterrupted(result: ResultLine): boolean {
  return result.subtype === 'error_during_execution' && (result.terminal_reason ?? '').startsWith('aborted');
}

/**
 * What this turn alone cost. `total_cost_usd` adds up over a process and even over a resume (the transcript keeps it),
 * so the CLI's own difference is used; without it, the difference to the total before (measured on 2.1.329).
 */
function costOfTurn(result: ResultLine, totalBefore: number): number {
  const models = result.model_usage_since_last_result;
  if (models === undefined) return Math.max(0, (result.total_cost_usd ?? 0) - totalBefore);
  return Object.values(models).reduce((sum, model) => sum + (model.costUSD ?? 0), 0);
}

/** The outcome that a `result` line of a turn that did not fail describes. */
export function outcomeOf(
  result: ResultLine,
  context: {
    rerun: boolean;
    totalCostBefore: number;
    rateLimit: RateLimit | undefined;
    context?: TurnOutcome['context'];
    lastRow?: string | undefined;
  },
): TurnOutcome {
  const usage = result.usage ?? {};
  return {
    status: wasInterrupted(result) ? 'interrupted' : 'answered',
    ...(result.result ? { text: result.result } : {}),
    costUsd: costOfTurn(result, context.totalCostBefore),
    usage: {
      inputTokens: usage.input_tokens ?? 0,
      outputTokens: usage.output_tokens ?? 0,
      cacheReadTokens: usage.cache_read_input_tokens ?? 0,
      cacheCreationTokens: usage.cache_creation_input_tokens ?? 0,
    },
    durationMs: result.duration_ms ?? 0,
    numTurns: result.num_turns ?? 0,
    recovered: context.rerun || result.resume_reason === 'interrupted_turn' ? 'rerun' : 'none',
    ...(context.context === undefined ? {} : { context: context.context }),
    ...(context.lastRow === undefined ? {} : { lastRow: context.lastRow }),
    ...(context.rateLimit === undefined ? {} : { rateLimit: context.rateLimit }),
  };
}
