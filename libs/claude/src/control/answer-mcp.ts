import { z } from 'zod';
import type { LineOf } from '../stream/line.ts';

/** A server of tools inside this process: takes a JSON-RPC message and resolves to its answer; `undefined` for a notification. */
export type McpServer = (message: unknown, signal: AbortSignal) => Promise<object | undefined>;

const mcpRequest = z.object({
  subtype: z.literal('mcp_message'),
  server_name: z.string(),
  message: z.looseObject({ id: z.union([z.string(), z.number()]).optional() }),
});

/** The answer to a notification: the CLI sends that as a request of its own, and each of its requests has an answer. */
const NOTED = { jsonrpc: '2.0', result: {}, id: 0 };

/** Passes the CLI's messages on to the servers of tools that live in this process. Does not hold up the reading of the stream. */
export class McpDesk {
  readonly #open = new Map<string, AbortController>();
  readonly #servers: Readonly<Record<string, McpServer>>;
  readonly #write: (line: object) => Promise<void>;
  readonly #warn: (warning: string) => void;

  constructor(options: {
    servers: Readonly<Record<string, McpServer>>;
    write(line: object): Promise<void>;
    warn(warning: string): void;
  }) {
    this.#servers = options.servers;
    this.#write = options.write;
    this.#warn = options.warn;
  }

  /** Whether a line is for this desk. */
  static takes({ request }: LineOf<'control_request'>): boolean {
    return request.subtype === 'mcp_message';
  }

  /** Answers a message of the CLI. Never rejects. */
  async answer({ request_id, request }: LineOf<'control_request'>): Promise<void> {
    const controller = new AbortController();
    this.#open.set(request_id, controller);
    const response = await this.#answerTo(request, controller.signal);
    this.#open.delete(request_id);
    if (controller.signal.aborted) return;
    try {
      await this.#write({ type: 'control_response', response: { request_id, ...response } });
    } catch (error) {
      this.#warn(`an answer of a tool could not be given to Claude: ${String(error)}`);
    }
  }

  /** The CLI no longer wants an answer. */
  cancel(requestId: string): void {
    this.#open.get(requestId)?.abort();
  }

  /** Nobody wants an answer any more. */
  cancelAll(): void {
    for (const controller of this.#open.values()) controller.abort();
  }

  async #answerTo(request: unknown, signal: AbortSignal): Promise<object> {
    const { server_name: name = '', message } = mcpRequest.safeParse(request).data ?? {};
    const server = Object.hasOwn(this.#servers, name) ? this.#servers[name] : undefined;
    if (!server || !message) return { subtype: 'error', error: `There is no MCP server '${name}' here` };
    try {
      const answer = await server(message, signal);
      return { subtype: 'success', response: { mcp_response: answer ?? NOTED } };
    } catch (error) {
      if (!signal.aborted) this.#warn(`the MCP server ${name} failed: ${String(error)}`);
      const failure = { code: -32_603, message: 'Internal error' };
      return {
        subtype: 'success',
        response: { mcp_response: { jsonrpc: '2.0', id: message.id ?? 0, error: failure } },
      };
    }
  }
}
