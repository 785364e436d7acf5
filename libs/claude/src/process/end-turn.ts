import { failureOfResult } from '../errors/classify-failure.ts';
import { ClaudeError } from '../errors/claude-error.ts';
import type { ResultLine } from '../stream/line.ts';
import { failureOfTurn, type TranscriptTurn } from '../transcript/fold-turn.ts';
import type { TurnEnding } from '../turn/read-turn.ts';
import type { RateLimit } from '../turn/turn-event.ts';
import { NO_USAGE, outcomeOf, type TurnOutcome, wasInterrupted } from '../turn/turn-outcome.ts';
import type { TurnInFlight } from './turn-in-flight.ts';

interface EndContext {
  rerun: boolean;
  totalCostBefore: number;
  rateLimit: RateLimit | undefined;
  context: TurnOutcome['context'];
  lastRow: string | undefined;
  /** Reads the turn from the transcript as it is now. */
  readTranscript(): Promise<TranscriptTurn>;
}

/** The outcome of a turn that ended, or the error it throws. Tells what only the transcript knows before it returns. */
export async function endTurn(turn: TurnInFlight, ending: TurnEnding, context: EndContext): Promise<TurnOutcome> {
  switch (ending.how) {
    case 'result':
      return endByResult(turn, ending.result, context);
    case 'cancelled':
      return { ...NOTHING_DONE, status: 'interrupted', recovered: 'none' };
    case 'known':
      return endByTranscript(turn, await context.readTranscript());
    case 'unreadable': {
      const found = await context.readTranscript();
      if (found.state === 'finished') return endByTranscript(turn, found);
      throw new ClaudeError(
        'output-too-large',
        'A line of Claude was too long to read, and with it the end of the turn.',
      );
    }
  }
}

const NOTHING_DONE = { costUsd: 0, usage: NO_USAGE, durationMs: 0, numTurns: 0 };

function endByResult(turn: TurnInFlight, result: ResultLine, context: EndContext): TurnOutcome {
  const { failure } = turn;
  const error = wasInterrupted(result) ? undefined : failureOfResult(result, { failure, rateLimit: context.rateLimit });
  if (error !== undefined) throw error;
  return outcomeOf(result, context);
}

/** The turn ended before this process began: answered, interrupted by a person, or failed. */
async function endByTranscript(turn: TurnInFlight, found: TranscriptTurn): Promise<TurnOutcome> {
  await turn.tellPast(found);
  if (found.state === 'failed') throw failureOfTurn(found);
  if (found.state === 'open' || found.state === 'absent') {
    throw new ClaudeError('not-continued', 'Claude has the message, did not finish it, and does not go on with it.');
  }
  const text = found.said.at(-1)?.text;
  return {
    ...NOTHING_DONE,
    status: found.state === 'finished' ? 'answered' : 'interrupted',
    ...(text === undefined ? {} : { text }),
    ...(found.lastRowUuid === undefined ? {} : { lastRow: found.lastRowUuid }),
    recovered: 'from-transcript',
  };
}
