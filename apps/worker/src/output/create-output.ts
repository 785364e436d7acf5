import type { TurnEvent } from '@signalbox/claude';
import type { OutputMode, Place } from '@signalbox/contracts';
import type { Redact } from '@signalbox/service';
import { presentTools } from './present-tools.ts';
import type { Publisher } from './publish.ts';
import { type EndedUse, ToolGroups } from './tool-groups.ts';

/** Makes replies of what Claude does in a turn. All of it may be told again after a crash, and is shown once. */
export interface Output {
  /** Takes what Claude did. When it resolves, what is to be shown of it now is durable. */
  take(event: TurnEvent): Promise<void>;
  /** The turn has ended by itself: publishes what was held back until then. */
  finish(): Promise<void>;
  /** Whether Claude has said anything. */
  readonly hasSpoken: boolean;
}

/** Where the output goes. */
interface OutputChannel {
  readonly place: Place;
  readonly publisher: Pick<Publisher, 'said' | 'tools'>;
  /** The message that what is said now is a reply to, if it is to be one. */
  answersTo(): Promise<number | undefined>;
  readonly redactBeginning: Redact;
}

type Said = Extract<TurnEvent, { type: 'said' }>;
type ToolEvent = Extract<TurnEvent, { type: 'tool-started' | 'tool-ended' }>;

/** The output of a session in this mode. */
export function createOutput(mode: OutputMode, channel: OutputChannel): Output {
  if (mode === 'quiet') return new FinalAnswer(channel);
  return mode === 'verbose' ? new Everything(channel) : new AllSaid(channel, mode === 'smart');
}

class AllSaid implements Output {
  readonly #channel: OutputChannel;
  readonly #shorten: boolean;
  hasSpoken = false;

  constructor(channel: OutputChannel, shorten: boolean) {
    this.#channel = channel;
    this.#shorten = shorten;
  }

  async take(event: TurnEvent): Promise<void> {
    if (!isWords(event)) return;
    this.hasSpoken = true;
    const { place, publisher, answersTo } = this.#channel;
    const replyTo = await answersTo();
    await publisher.said(place, event.rowUuid, event.text, { shorten: this.#shorten, replyTo });
  }

  async finish(): Promise<void> {}
}

/** What Claude said after its last tool; and what leads to a question, which is of no use without it. */
class FinalAnswer implements Output {
  readonly #channel: OutputChannel;
  #held: Said[] = [];

  constructor(channel: OutputChannel) {
    this.#channel = channel;
  }

  get hasSpoken(): boolean {
    return this.#held.length > 0;
  }

  async take(event: TurnEvent): Promise<void> {
    if (event.type === 'request-opened') return this.#publish();
    if (!isWords(event)) return;
    const isAfterTool = event.toolsBefore > (this.#held[0]?.toolsBefore ?? 0);
    this.#held = isAfterTool ? [event] : [...this.#held, event];
  }

  finish(): Promise<void> {
    return this.#publish();
  }

  async #publish(): Promise<void> {
    const { place, publisher, answersTo } = this.#channel;
    const replyTo = await answersTo();
    for (const { rowUuid, text } of this.#held) await publisher.said(place, rowUuid, text, { replyTo });
  }
}

/** What Claude said, and in between what it and its subagents did. */
class Everything implements Output {
  readonly #channel: OutputChannel;
  readonly #said: AllSaid;
  readonly #groups = new ToolGroups();
  /** By the use of a tool that began the subagent. */
  readonly #ofSubagents = new Map<string, ToolGroups>();

  constructor(channel: OutputChannel) {
    this.#channel = channel;
    this.#said = new AllSaid(channel, false);
  }

  get hasSpoken(): boolean {
    return this.#said.hasSpoken;
  }

  async take(event: TurnEvent): Promise<void> {
    if ('parentId' in event && event.parentId !== undefined) return this.#takeOfSubagent(event, event.parentId);
    if (event.type === 'tool-ended') await this.#finishSubagent(event.id);
    for (const uses of this.#groups.take(event)) await this.#publish(uses);
    await this.#said.take(event);
    if (event.type !== 'said') return;
    for (const uses of this.#groups.textShown()) await this.#publish(uses);
  }

  async finish(): Promise<void> {
    for (const id of this.#ofSubagents.keys()) await this.#finishSubagent(id);
    for (const uses of this.#groups.finish()) await this.#publish(uses);
  }

  /** Subagents work side by side: each has its own groups, which no text of Claude's divides. */
  async #takeOfSubagent({ parentId: _, ...event }: ToolEvent, id: string): Promise<void> {
    const groups = this.#ofSubagents.get(id) ?? new ToolGroups();
    this.#ofSubagents.set(id, groups);
    const told = event.type === 'tool-started' ? { ...event, textsBefore: 0 } : event;
    for (const uses of groups.take(told)) await this.#publish(uses, { bySubagent: true });
  }

  async #finishSubagent(id: string): Promise<void> {
    const uses = this.#ofSubagents.get(id)?.finish() ?? [];
    this.#ofSubagents.delete(id);
    for (const each of uses) await this.#publish(each, { bySubagent: true });
  }

  async #publish(uses: readonly EndedUse[], by = { bySubagent: false }): Promise<void> {
    const { place, publisher, redactBeginning } = this.#channel;
    const id = uses[0]?.started.id;
    if (id === undefined) return;
    const { calls, attachment } = presentTools(uses, redactBeginning, by);
    await publisher.tools(place, id, calls, attachment);
  }
}

function isWords(event: TurnEvent): event is Said {
  return event.type === 'said' && event.text.trim() !== '';
}
