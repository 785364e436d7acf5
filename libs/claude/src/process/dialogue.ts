import type { Writable } from 'node:stream';
import { ControlDesk, type OfferedModel } from '../control/control-desk.ts';
import type { Line } from '../stream/line.ts';
import { writeLine } from '../stream/write-line.ts';
import type { TranscriptTurn } from '../transcript/fold-turn.ts';
import { LateReader, type TurnEnding } from '../turn/read-turn.ts';
import type { TurnEvent } from '../turn/turn-event.ts';
import { messageLine, type TurnMessage } from '../turn/turn-message.ts';
import type { BackgroundWork, ClaudeCallbacks } from './callbacks.ts';
import type { TurnOptions } from './claude-process.ts';
import { endTurn } from './end-turn.ts';
import { Gate } from './gate.ts';
import { SaidFirst } from './said-first.ts';
import { SessionState } from './session-state.ts';
import { TurnInFlight } from './turn-in-flight.ts';

/** What the talk begins with, and whom it is passed on to. */
export interface DialogueOptions extends ClaudeCallbacks {
  stdin: Writable;
  /** What the transcript has of the message that was in flight; undefined if none was. */
  past: TranscriptTurn | undefined;
  /** The CLI was told to continue that message by itself. */
  continues: boolean;
  /** What the transcript has of a message now. */
  readTranscript(messageUuid: string): Promise<TranscriptTurn>;
}

/**
 * The talk with one CLI process: lines in, lines out, and the message it is at. Knows nothing of processes.
 *
 * idle ⇄ in a turn → closed (the process ended) or abandoned (nothing may be told or written any more).
 *
 * Lines are taken one at a time, and each is dealt with before the next is read. A CLI that continues a message by itself
 * begins before `runTurn` is called: its lines are held until then (and its output backs up in the pipe), so that none is
 * told as anything but that message's.
 */
export class Dialogue {
  readonly #state: SessionState;
  readonly #options: DialogueOptions;
  readonly #control: ControlDesk;
  readonly #late = new LateReader();
  readonly #saidFirst = new SaidFirst();
  /** Closed until the first `runTurn` if the CLI continues a message. */
  readonly #firstTurn: Gate;
  readonly #held: Line[] = [];
  /** Used up by the first turn. */
  #past: TranscriptTurn | undefined;
  /** The CLI said that it is at the message in flight. */
  #rerunning = false;
  #turn: TurnInFlight | undefined;
  readonly #given = new Set<string>();
  #isTelling = false;
  #isAbandoned = false;
  #closedBy: Error | undefined;

  constructor(options: DialogueOptions) {
    this.#options = options;
    this.#past = options.past;
    this.#state = new SessionState((work) => options.onBackground?.(work));
    this.#firstTurn = new Gate(options.continues ? 'closed' : 'open');
    this.#control = new ControlDesk({
      ask: (...asked) => this.#turn?.whileAsking(options.onPermission, ...asked) ?? options.onPermission(...asked),
      saidFirst: (signal) => this.#saidFirst.passed(signal),
      servers: options.mcpServers ?? {},
      write: (line) => this.#write(line),
      warn: (warning) => options.onWarning?.(warning),
    });
  }

  get background(): BackgroundWork {
    return this.#state.background;
  }

  /** A consumer is at work on an event. */
  get isTelling(): boolean {
    return this.#isTelling;
  }

  /** Asks the CLI for a sign of life; resolves to the models that it offers. Rejects if it ends first. */
  async initialize(): Promise<readonly OfferedModel[]> {
    const { sessionState, models } = await this.#control.initialize();
    this.continues(sessionState);
    return models;
  }

  /** See `ClaudeProcess.interrupt`. Rejects if the CLI cannot take note. */
  async interrupt(): Promise<void> {
    if (this.#isAbandoned) throw abandoned();
    await this.#control.interrupt();
  }

  /** Takes note of the CLI's answer to `initialize`: whether it is running already. */
  continues(sessionState: string | undefined): void {
    this.#rerunning = !this.#firstTurn.isOpen && sessionState === 'running';
  }

  /** See `ClaudeProcess.runTurn`. */
  async runTurn(message: TurnMessage, { onEvent, signal }: TurnOptions): TurnInFlight['outcome'] {
    this.#requireReadyFor(message);
    signal?.throwIfAborted();
    const turn = new TurnInFlight(message, { rerunning: this.#rerunning, onEvent });
    const abandon = () => this.#abandon(turn, signal?.reason);
    signal?.addEventListener('abort', abandon, { once: true });
    this.#turn = turn;
    this.#given.add(message.uuid);
    try {
      await Promise.race([this.#give(turn), turn.outcome]);
      return await turn.outcome;
    } finally {
      signal?.removeEventListener('abort', abandon);
      this.#turn = undefined;
      this.#rerunning = false;
    }
  }

  /** Deals with one line of stdout. Never rejects. */
  async take(line: Line): Promise<void> {
    if (this.#firstTurn.isOpen || ControlDesk.isUrgent(line)) return this.#deal(line);
    if (line.kind !== 'control_response') {
      this.#held.push(line);
      return;
    }
    // The answer to `initialize`: the first turn comes next.
    this.#control.take(line);
    await this.#firstTurn.passed;
    for (const held of this.#held.splice(0)) await this.#deal(held);
  }

  /** A line of stdout was too long to read. */
  lostLine(): void {
    this.#turn?.lostLine();
  }

  /** The process has ended. What it printed may still be taken, unless its message was never asked for; `closed` follows. */
  ending(): void {
    if (!this.#firstTurn.isOpen) this.#isAbandoned = true;
    this.#firstTurn.open();
    this.#control.cancelAll();
  }

  /** All was read. */
  closed(by: Error): void {
    this.#closedBy = by;
    this.#control.closed(by);
    this.#turn?.reject(by);
  }

  async #deal(line: Line): Promise<void> {
    if (!this.#isAbandoned && !this.#control.take(line)) await this.#tell(line);
  }

  /** Tells whoever a line is for. Rows that were written may be anybody's. */
  async #tell(line: Line): Promise<void> {
    const turn = this.#turn;
    const totalCostBefore = this.#state.totalCostUsd;
    const isForTurn = turn?.owns(line) ?? false;
    this.#state.note(line, isForTurn);
    this.#isTelling = true;
    if (turn !== undefined && (isForTurn || line.kind === 'transcript_mirror')) {
      await this.#tellTurn(turn, line, totalCostBefore);
    }
    if (!isForTurn) await this.#tellLate(this.#late.read(line));
    this.#isTelling = false;
    this.#saidFirst.note((turn?.isHoldingBack ?? false) || this.#late.isHoldingBack);
  }

  async #tellTurn(turn: TurnInFlight, line: Line, totalCostBefore: number): Promise<void> {
    let ending: TurnEnding | undefined;
    try {
      ending = await turn.take(line);
    } catch (error) {
      // The consumer could not take an event: what follows would have a gap.
      this.#abandon(turn, error);
    }
    if (ending === undefined) return;
    try {
      turn.resolve(await this.#end(turn, ending, totalCostBefore));
    } catch (error) {
      turn.reject(error);
    }
  }

  #end(turn: TurnInFlight, ending: TurnEnding, totalCostBefore: number): TurnInFlight['outcome'] {
    return endTurn(turn, ending, {
      rerun: this.#rerunning,
      totalCostBefore,
      rateLimit: this.#state.rateLimit,
      context: this.#state.context,
      lastRow: this.#state.lastRow,
      readTranscript: () => this.#options.readTranscript(turn.message.uuid),
    });
  }

  async #tellLate(events: TurnEvent[]): Promise<void> {
    try {
      for (const event of events) await this.#options.onLate(event);
    } catch (error) {
      this.#options.onWarning?.(`what Claude said without being asked could not be passed on: ${String(error)}`);
    }
  }

  /** Tells what the transcript has already, then hands the message to the CLI, with the same uuid as ever. */
  async #give(turn: TurnInFlight): Promise<void> {
    const past = this.#past;
    this.#past = undefined;
    try {
      if (past !== undefined) await turn.tellPast(past);
      if (!turn.settled) await this.#writeMessage(turn);
    } catch (error) {
      this.#abandon(turn, error);
    } finally {
      this.#firstTurn.open();
    }
  }

  /** A closed pipe means that the process ends: `closed` then tells the turn how. */
  async #writeMessage({ message }: TurnInFlight): Promise<void> {
    try {
      await this.#write(messageLine(message));
    } catch (error) {
      if (this.#closedBy === undefined)
        this.#options.onWarning?.(`a message could not be given to Claude: ${String(error)}`);
    }
  }

  #abandon(turn: TurnInFlight, reason: unknown): void {
    this.#isAbandoned = true;
    this.#control.cancelAll();
    turn.reject(reason);
  }

  async #write(line: object): Promise<void> {
    if (this.#isAbandoned) throw abandoned();
    await writeLine(this.#options.stdin, line);
  }

  #requireReadyFor({ uuid }: TurnMessage): void {
    if (this.#closedBy !== undefined) throw this.#closedBy;
    if (this.#isAbandoned) throw abandoned();
    if (this.#turn !== undefined)
      throw new Error(`Expected one message at a time, got ${uuid} while ${this.#turn.message.uuid} is in flight.`);
    if (this.#given.has(uuid)) {
      throw new Error(`Message ${uuid} was given to this process before, which ignores it now; start another process.`);
    }
  }
}

function abandoned(): Error {
  return new Error('This Claude process was abandoned in a turn; stop it and start another.');
}
