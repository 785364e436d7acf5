import type { OnPermission } from '../control/permission.ts';
import { failureIn } from '../errors/classify-failure.ts';
import type { Line } from '../stream/line.ts';
import type { SpokenRow, ToolUse, TranscriptTurn } from '../transcript/fold-turn.ts';
import { type TurnEnding, TurnReader } from '../turn/read-turn.ts';
import { Repeats } from '../turn/repeats.ts';
import { SaidWhenDurable } from '../turn/said-when-durable.ts';
import { TurnCount } from '../turn/turn-count.ts';
import type { TurnEvent } from '../turn/turn-event.ts';
import type { TurnMessage } from '../turn/turn-message.ts';
import type { TurnOutcome } from '../turn/turn-outcome.ts';
import type { TurnOptions } from './claude-process.ts';

/** The message Claude is at: tells its events, and settles once. After it settled nothing is told any more. */
export class TurnInFlight {
  readonly outcome: Promise<TurnOutcome>;
  readonly message: TurnMessage;
  /** What the CLI called the last API failure of this turn. */
  failure: ReturnType<typeof failureIn>;
  #settled = false;
  #resolve: (outcome: TurnOutcome) => void = () => {};
  #reject: (reason: unknown) => void = () => {};
  readonly #said = new SaidWhenDurable();
  readonly #repeats = new Repeats();
  readonly #count = new TurnCount();
  /** The uses of tools that were told. */
  readonly #tools = new Set<string>();
  readonly #reader: TurnReader;
  readonly #onEvent: TurnOptions['onEvent'];

  constructor(message: TurnMessage, options: { rerunning: boolean; onEvent: TurnOptions['onEvent'] }) {
    this.message = message;
    this.#onEvent = options.onEvent;
    const { rerunning } = options;
    this.#reader = new TurnReader(message.uuid, {
      rerunning,
      said: this.#said,
      repeats: this.#repeats,
      count: this.#count,
    });
    this.outcome = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.outcome.catch(() => {});
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** Claude has said something whose row is not on disk yet. */
  get isHoldingBack(): boolean {
    return !this.#settled && this.#said.isWaiting;
  }

  owns(line: Line): boolean {
    return this.#reader.owns(line);
  }

  lostLine(): void {
    this.#reader.lostLine();
  }

  /** Tells what a line means and returns how the turn ended, if it did. */
  async take(line: Line): Promise<TurnEnding | undefined> {
    if (line.kind === 'assistant') this.failure = failureIn(line) ?? this.failure;
    const { events, ending } = this.#reader.read(line);
    await this.#tell(events);
    return this.#settled ? undefined : ending;
  }

  /** Tells what the transcript has of this turn, in the order in which it came about, except what was told already. */
  async tellPast({ said, tools }: TranscriptTurn): Promise<void> {
    this.#repeats.continued(said.map(({ text }) => text));
    this.#count.texts = said.length;
    this.#count.tools = tools.length;
    for (const [index, use] of tools.entries()) {
      await this.#tellRows(said.filter(({ toolsBefore }) => toolsBefore === index));
      if (!this.#tools.has(use.id)) await this.#tell(eventsOf(use));
    }
    await this.#tellRows(said.filter(({ toolsBefore }) => toolsBefore >= tools.length));
  }

  async #tellRows(rows: readonly SpokenRow[]): Promise<void> {
    for (const { rowUuid, text, toolsBefore } of rows) {
      await this.#tell([...this.#said.printed(rowUuid, text, toolsBefore), ...this.#said.written([rowUuid])]);
    }
  }

  /** Asks a person, and tells as long as that takes that Claude waits for them. Rejects as `ask` or the one who is told does. */
  async whileAsking(ask: OnPermission, ...asked: Parameters<OnPermission>): ReturnType<OnPermission> {
    const [{ requestId: id }] = asked;
    await this.#tell([{ type: 'request-opened', id }]);
    try {
      return await ask(...asked);
    } finally {
      await this.#tell([{ type: 'request-closed', id }]);
    }
  }

  resolve(outcome: TurnOutcome): void {
    this.#settled = true;
    this.#resolve(outcome);
  }

  reject(reason: unknown): void {
    this.#settled = true;
    this.#reject(reason);
  }

  async #tell(events: readonly TurnEvent[]): Promise<void> {
    for (const event of events) {
      if (this.#settled) return;
      if (event.type === 'tool-started') this.#tools.add(event.id);
      await this.#onEvent(event);
    }
  }
}

/** A tool that has no result was cut off with its process, and will not get one. */
function eventsOf({ id, name, input, textsBefore, state, result = 'Cut off.' }: ToolUse): TurnEvent[] {
  return [
    { type: 'tool-started', id, name, input, textsBefore },
    { type: 'tool-ended', id, isError: state !== 'done', content: result },
  ];
}
