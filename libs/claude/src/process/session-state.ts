import type { AssistantLine, Line, LineOf, ResultLine } from '../stream/line.ts';
import { rateLimitOf } from '../turn/describe-line.ts';
import type { RateLimit } from '../turn/turn-event.ts';
import type { BackgroundWork } from './callbacks.ts';

/** What the lines tell about the process as a whole, whichever turn they belong to. */
export class SessionState {
  rateLimit: RateLimit | undefined;
  /** The last row of the conversation that was written to its transcript. */
  lastRow: string | undefined;
  /** US dollars, cumulative, as the last result said. */
  totalCostUsd = 0;
  #model = '';
  #backgroundTasks = 0;
  /** Claude is at a turn that it began by itself. */
  #isLateTurn = false;
  #told: BackgroundWork = 'none';
  readonly #onBackground: (work: BackgroundWork) => void;
  #contextTokens = 0;
  #contextWindow = 0;

  /** @param onBackground told of each change of `background` */
  constructor(onBackground: (work: BackgroundWork) => void) {
    this.#onBackground = onBackground;
  }

  /** Tokens of the conversation as the model had it last, and how many its window holds; undefined before the first answer. */
  get context(): { tokens: number; window: number } | undefined {
    return this.#contextTokens > 0 ? { tokens: this.#contextTokens, window: this.#contextWindow } : undefined;
  }

  /** What Claude is at although it has no message. */
  get background(): BackgroundWork {
    if (this.#backgroundTasks > 0) return 'task';
    return this.#isLateTurn ? 'turn' : 'none';
  }

  /** @param isForTurn the line belongs to the turn of a message */
  note(line: Line, isForTurn: boolean): void {
    switch (line.kind) {
      case 'system/init':
        this.#model = line.model ?? this.#model;
        this.#isLateTurn = !isForTurn;
        break;
      case 'system/background_tasks_changed':
        this.#backgroundTasks = line.tasks.length;
        break;
      case 'rate_limit_event':
        this.rateLimit = rateLimitOf(line);
        break;
      case 'transcript_mirror':
        this.#noteRows(line);
        break;
      case 'system/compact_boundary':
        this.#contextTokens = line.compact_metadata.post_tokens ?? this.#contextTokens;
        break;
      case 'assistant':
        this.#noteContext(line);
        break;
      case 'result':
        this.#isLateTurn = false;
        this.totalCostUsd = line.total_cost_usd ?? this.totalCostUsd;
        this.#noteWindow(line);
        break;
    }
    this.#tellOfBackground();
  }

  /** A subagent has a transcript of its own. */
  #noteRows({ entries }: LineOf<'transcript_mirror'>): void {
    const last = entries.findLast(({ type, isSidechain }) => !isSidechain && (type === 'user' || type === 'assistant'));
    this.lastRow = last?.uuid ?? this.lastRow;
  }

  #tellOfBackground(): void {
    if (this.#told === this.background) return;
    this.#told = this.background;
    this.#onBackground(this.background);
  }

  /** Of a subagent's conversation nothing is left in this one. */
  #noteContext({ parent_tool_use_id, message: { usage } }: AssistantLine): void {
    if (parent_tool_use_id || !usage) return;
    const { input_tokens = 0, cache_read_input_tokens = 0, cache_creation_input_tokens = 0 } = usage;
    const tokens = input_tokens + cache_read_input_tokens + cache_creation_input_tokens;
    if (tokens > 0) this.#contextTokens = tokens;
  }

  /** The CLI also uses small models beside the session's own. */
  #noteWindow({ modelUsage = {} }: ResultLine): void {
    const windows = Object.values(modelUsage).map(({ contextWindow = 0 }) => contextWindow);
    this.#contextWindow = modelUsage[this.#model]?.contextWindow ?? Math.max(this.#contextWindow, ...windows);
  }
}
