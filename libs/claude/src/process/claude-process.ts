import type { OfferedModel } from '../control/control-desk.ts';
import type { ClaudeExit } from '../errors/classify-exit.ts';
import type { TurnEvent } from '../turn/turn-event.ts';
import type { TurnMessage } from '../turn/turn-message.ts';
import type { TurnOutcome } from '../turn/turn-outcome.ts';
import type { BackgroundWork } from './callbacks.ts';

/** Who follows a turn, and until when. */
export interface TurnOptions {
  /**
   * Told in order; the next line is read when a returned promise has resolved, so a slow consumer slows Claude down and
   * fills no memory. It must not wait for `interrupt` or another turn. If it throws, the turn fails with its error and the
   * process must be stopped.
   */
  onEvent(event: TurnEvent): void | Promise<void>;
  /**
   * Aborts when this worker must no longer act for the session: the turn rejects with the signal's reason at once, no
   * event follows, nothing is written to Claude. It is not an interrupt; the caller then stops the process.
   */
  signal?: AbortSignal;
}

/** How patient a stop is. */
export interface StopOptions {
  /** Milliseconds between SIGTERM and SIGKILL. Default 5,000. */
  graceMs?: number;
}

/** A living Claude Code process of one session, made by `startClaude`. */
export interface ClaudeProcess {
  readonly pid: number;
  readonly claudeSessionId: string;
  /** The session had a transcript, so Claude remembers it. */
  readonly resumed: boolean;
  /** Its transcript ended in turns that Claude had begun by itself; see `ClaudeCallbacks.onLate`. */
  readonly foundLate: boolean;
  /** The models that it offers, as it said at its start. */
  readonly models: readonly OfferedModel[];
  /** When the CLI last printed anything, in milliseconds since the epoch. For a watchdog: it has none of its own. */
  readonly lastOutputAt: number;
  /** Unless it is `none` the process should not be suspended. */
  readonly background: BackgroundWork;
  /** Resolves when the process has ended and was reaped, and all it printed was read. Never rejects. */
  readonly exited: Promise<ClaudeExit>;
  /**
   * Has Claude handle one message. One at a time, and each uuid once per process; anything else is an error of the caller.
   * After a crash the message that was in flight is given again, with its uuid, to a process started with `inFlightUuid`.
   * Throws a `ClaudeError` when Claude failed; an interrupt is not a failure.
   */
  runTurn(message: TurnMessage, options: TurnOptions): Promise<TurnOutcome>;
  /**
   * Ends the running turn, which then resolves as `interrupted`; kills the running tool. Nothing happens if no turn runs.
   * Resolves when the CLI has taken note.
   */
  interrupt(): Promise<void>;
  /**
   * Ends the process and every process of its run, its tools' children: SIGTERM, a grace period, SIGKILL. A running turn rejects
   * with `stopped` and can be continued by another process. Idempotent; throws `fence-failed` if something stays alive.
   */
  stop(options?: StopOptions): Promise<void>;
}
