import { failureIn } from '../errors/classify-failure.ts';
import type { Line } from '../stream/line.ts';
import type { SpokenRow } from '../transcript/fold-turn.ts';
import { type TurnEnding, TurnReader } from '../turn/read-turn.ts';
import { Repeats } from '../turn/repeats.ts';
import { SaidWhenDurable } from '../turn/said-when-durable.ts';
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
  readonly #reader: TurnReader;
  readonly #onEvent: TurnOptions['onEvent'];

  constructor(message: TurnMessage, options: { rerunning: boolean; onEvent: TurnOptions['onEvent'] }) {
    this.message = message;
    this.#onEvent = options.onEvent;
    const { rerunning } = options;
    this.#reader = new TurnReader(message.uuid, { rerunning, said: this.#said, repeats: this.#repeats });
    this.outcome = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.outcome.catch(() => {});
  }

  get settled(): boolean {
    return this.#settled;
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

  /** Tells what the transcript has of this turn, except what was told already. */
  async tellRows(rows: readonly SpokenRow[]): Promise<void> {
    this.#repeats.continued(rows.map(({ text }) => text));
    for (const { rowUuid, text } of rows) {
      await this.#tell([...this.#said.printed(rowUuid, text), ...this.#said.written([rowUuid])]);
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
      await this.#onEvent(event);
    }
  }
}
