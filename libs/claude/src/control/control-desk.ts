import { z } from 'zod';
import type { Line, LineOf } from '../stream/line.ts';
import { answerMcp, isForServer, type McpServer } from './answer-mcp.ts';
import { answerPermission } from './answer-permissions.ts';
import { ControlRequests } from './control-requests.ts';
import { type OnPermission, RequestWithdrawn } from './permission.ts';

const optionalString = z.string().optional().catch(undefined);
const model = z.object({ value: z.string(), resolvedModel: optionalString, displayName: optionalString });
const initialized = z.object({ session_state: optionalString, models: model.array().catch([]) });

/** A model that the CLI offers: its short name, and what that stands for. */
export type OfferedModel = z.infer<typeof model>;

/** What the CLI says of itself when it has started. */
interface Initialized {
  /** `running`: it goes on with a turn by itself. */
  readonly sessionState: string | undefined;
  readonly models: readonly OfferedModel[];
}

/** Who answers the CLI's questions, and how it is written to. */
interface ControlOptions {
  ask: OnPermission;
  /** Resolves when Claude's words before its question are told; never rejects. */
  saidFirst(signal: AbortSignal): Promise<void>;
  servers: Readonly<Record<string, McpServer>>;
  write(line: object): Promise<void>;
  warn(warning: string): void;
}

/** The questions of both sides, beside the messages. Answering does not hold up the reading of the stream. */
export class ControlDesk {
  readonly #options: ControlOptions;
  readonly #requests: ControlRequests;
  /** The CLI's questions that wait for an answer. */
  readonly #open = new Map<string, AbortController>();

  constructor(options: ControlOptions) {
    this.#options = options;
    this.#requests = new ControlRequests(options.write);
  }

  /** Asks the CLI for a sign of life. It asks the servers for their tools when they are named here (measured on 2.1.329). */
  async initialize(): Promise<Initialized> {
    const names = Object.keys(this.#options.servers);
    const servers = names.length === 0 ? {} : { sdkMcpServers: names };
    const answer = await this.#requests.ask({ subtype: 'initialize', ...servers });
    const { session_state: sessionState, models } = initialized.parse(answer);
    return { sessionState, models };
  }

  /** Ends the turn that runs. With `cancel_queued` a message that has not begun yet does not begin any more. */
  async interrupt(): Promise<void> {
    await this.#requests.ask({ subtype: 'interrupt', cancel_queued: true });
  }

  /** Whether a line must be dealt with even before the first message: the CLI asks for tools before it answers `initialize`. */
  static isUrgent(line: Line): boolean {
    return line.kind === 'control_request' && isForServer(line);
  }

  /** Deals with a line if it is a question or an answer; returns whether it was. */
  take(line: Line): boolean {
    if (line.kind === 'control_response') this.#requests.settle(line);
    else if (line.kind === 'control_request') void this.answer(line);
    else if (line.kind === 'control_cancel_request') this.cancel(line.request_id);
    else return false;
    return true;
  }

  /** Answers a question of the CLI, unless the answer is no longer wanted by then. Never rejects. */
  async answer(line: LineOf<'control_request'>): Promise<void> {
    const { request_id } = line;
    const controller = new AbortController();
    this.#open.set(request_id, controller);
    const { signal } = controller;
    const response = await this.#respond(line, signal);
    this.#open.delete(request_id);
    if (signal.aborted) return;
    try {
      await this.#options.write({ type: 'control_response', response: { request_id, ...response } });
    } catch (error) {
      this.#options.warn(`an answer could not be given to Claude: ${String(error)}`);
    }
  }

  /** What a tool shows to a person stands below what leads to it, as a question does. */
  async #respond(line: LineOf<'control_request'>, signal: AbortSignal): Promise<object | undefined> {
    await this.#options.saidFirst(signal);
    if (signal.aborted) return undefined;
    return isForServer(line)
      ? answerMcp(line.request, signal, this.#options)
      : answerPermission(line, signal, this.#options);
  }

  /** The CLI no longer wants an answer (the turn was interrupted). */
  cancel(requestId: string, reason: Error = new RequestWithdrawn()): void {
    this.#open.get(requestId)?.abort(reason);
  }

  /** Nobody wants an answer any more. */
  cancelAll(): void {
    for (const requestId of this.#open.keys()) this.cancel(requestId, new Error('The process has ended'));
  }

  /** No answer of the CLI's can come any more. */
  closed(by: Error): void {
    this.#requests.rejectAll(by);
  }
}
