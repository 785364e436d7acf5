import type { TurnEvent } from '@signalbox/claude';
import type { LiveFrame, Place } from '@signalbox/contracts';
import type { Redact } from '@signalbox/service';
import { briefInput } from '../wording/brief-input.ts';
import { cutText } from '../wording/cut-text.ts';
import { tailOfMarkdown } from './tail-of-markdown.ts';
import type { TodoList } from './todo-list.ts';
import { UnsaidText } from './unsaid-text.ts';
import { WhatHoldsUp } from './what-holds-up.ts';

/** How often the live view is told that a turn still runs, in ms; it takes longer silence for the end. */
const STILL_WORKING_MS = 3_500;
/** The least time between two frames, in ms; the latest wins. */
const PACE_MS = 250;
/** A tool is shown at least for so long, in ms: most are done before anybody could read what they were. */
const LEAST_SHOWN_MS = 1_500;
/** The longest text of a frame, in UTF-16 units: with what stands below it, it is to fit one message. */
const LONGEST_TEXT = 3_000;
/** The longest text of a thing to do, in UTF-16 units. */
const LONGEST_TODO = 120;

export interface Progress {
  /** Takes what Claude does. */
  take(event: TurnEvent): void;
  /** What Claude has begun to write and not said, secrets taken out. */
  unsaid(): string;
  /** Says that the turn is over. */
  end(): void;
}

interface Channel {
  publish(frame: LiveFrame): void;
  /** Whether the session is certainly ours: a process that was frozen must not show what is long over. */
  isOurs(): boolean;
  redactBeginning: Redact;
}

/** Tells the live view of a turn: that it runs, what Claude writes, which tool works on what, and what is still to do. */
export function showProgress(
  turn: { place: Place; session: string; jobId: string; todos: TodoList },
  channel: Channel,
): Progress {
  turn.todos.begin();
  const told = new ToldTurn(turn, channel);
  const stillWorking = setInterval(() => told.tell(), STILL_WORKING_MS);
  told.tell();
  return {
    take: (event) => told.take(event),
    unsaid: () => told.unsaid,
    end() {
      clearInterval(stillWorking);
      told.end();
    },
  };
}

type Tool = NonNullable<LiveFrame['tool']>;

class ToldTurn {
  readonly #turn: Parameters<typeof showProgress>[0];
  readonly #channel: Channel;
  readonly #startedAt = performance.now();
  readonly #running = new Map<string, Tool>();
  /** The tool that was begun last. */
  #last: { readonly tool: Tool; readonly at: number } | undefined;
  readonly #unsaid = new UnsaidText();
  readonly #holdUp = new WhatHoldsUp();
  #tools = 0;
  #said = 0;
  #toldAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(turn: Parameters<typeof showProgress>[0], channel: Channel) {
    this.#turn = turn;
    this.#channel = channel;
  }

  get unsaid(): string {
    return this.#channel.redactBeginning(this.#unsaid.text);
  }

  take(event: TurnEvent): void {
    this.#unsaid.take(event);
    const isTodo = this.#turn.todos.take(event);
    const isHeldUpOtherwise = this.#holdUp.take(event);
    if (event.type === 'tool-started') {
      const input = briefInput(event.input, this.#channel.redactBeginning);
      const tool = { name: event.name, input };
      this.#running.set(event.id, tool);
      this.#last = { tool, at: performance.now() };
      if (event.parentId === undefined) this.#tools += 1;
    }
    if (event.type === 'tool-ended') this.#running.delete(event.id);
    if (event.type === 'said') {
      this.#said += 1;
      // What Claude says after a tool is newer.
      if (event.toolsBefore >= this.#tools) this.#last = undefined;
      // Before its reply is on its way, so that nothing is shown twice.
      this.tell();
    } else if (isTodo || isHeldUpOtherwise || ['tool-started', 'tool-ended', 'text-delta'].includes(event.type))
      this.#tellSoon();
  }

  /** Tells how things are now. */
  tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#toldAt = performance.now();
    if (this.#channel.isOurs()) this.#channel.publish(this.#frame('working'));
  }

  end(): void {
    clearTimeout(this.#timer);
    if (this.#channel.isOurs()) this.#channel.publish({ ...this.#base(), state: 'ended' });
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => this.tell(), this.#toldAt + PACE_MS - performance.now());
  }

  #frame(state: LiveFrame['state']): LiveFrame {
    const last = this.#last && performance.now() - this.#last.at < LEAST_SHOWN_MS ? this.#last.tool : undefined;
    const tool = [...this.#running.values()].at(-1) ?? last;
    const text = tailOfMarkdown(this.unsaid, LONGEST_TEXT);
    const todos = this.#turn.todos.todos.map((todo) => ({
      ...todo,
      text: cutText(todo.text, LONGEST_TODO, this.#channel.redactBeginning),
    }));
    return {
      ...this.#base(),
      state,
      runningMs: Math.round(performance.now() - this.#startedAt),
      said: this.#said,
      ...(text === '' ? {} : { text }),
      ...(tool ? { tool } : {}),
      ...(todos.length > 0 ? { todos } : {}),
      ...(this.#holdUp.now ? { heldUpBy: this.#holdUp.now } : {}),
    };
  }

  #base() {
    const { place, session, jobId } = this.#turn;
    return { place, session, turn: jobId };
  }
}
