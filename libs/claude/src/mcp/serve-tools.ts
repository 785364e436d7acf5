import { z } from 'zod';
import type { McpServer } from '../control/answer-mcp.ts';

/** What a tool gives back to the model. */
export interface ToolOutcome {
  readonly text: string;
  readonly isError?: boolean;
}

/** A tool of this process that Claude can use. */
export interface Tool {
  readonly name: string;
  /** For the model: what it does and when to use it. */
  readonly description: string;
  /** The JSON Schema of its input. */
  readonly inputSchema: object;
  /** It changes nothing on this machine: then it may be used in plan mode too, if it is allowed (measured on 2.1.329). */
  readonly readOnly?: boolean;
  /** Uses it. What it throws is told to the model as an unforeseen error, without its words. */
  run(input: unknown, signal: AbortSignal): Promise<ToolOutcome>;
}

const rpc = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).optional(),
});

/** The version of the protocol that is spoken if the client names none. */
const PROTOCOL = '2025-06-18';
const METHOD_NOT_FOUND = -32_601;
const INVALID_PARAMS = -32_602;

/** An MCP server with nothing but these tools: as much of JSON-RPC as the CLI speaks to it (measured on 2.1.329). */
export function serveTools(server: { name: string; version: string }, tools: readonly Tool[]): McpServer {
  return async (message, signal) => {
    const { id, method, params = {} } = rpc.parse(message);
    if (id === undefined) return undefined;
    const answer = await answerTo(method, params, { server, tools, signal });
    return { jsonrpc: '2.0', id, ...answer };
  };
}

type Answer = { result: object } | { error: { code: number; message: string } };

async function answerTo(
  method: string,
  params: Record<string, unknown>,
  { server, tools, signal }: { server: object; tools: readonly Tool[]; signal: AbortSignal },
): Promise<Answer> {
  if (method === 'initialize') {
    const protocolVersion = typeof params.protocolVersion === 'string' ? params.protocolVersion : PROTOCOL;
    return { result: { protocolVersion, capabilities: { tools: {} }, serverInfo: server } };
  }
  if (method === 'ping') return { result: {} };
  if (method === 'tools/list') {
    return { result: { tools: tools.map(describe) } };
  }
  if (method !== 'tools/call') return { error: { code: METHOD_NOT_FOUND, message: `No method '${method}' here` } };
  const tool = tools.find(({ name }) => name === params.name);
  if (!tool) return { error: { code: INVALID_PARAMS, message: `No tool '${String(params.name)}' here` } };
  const { text, isError = false } = await tool.run(params.arguments ?? {}, signal);
  return { result: { content: [{ type: 'text', text }], isError } };
}

function describe({ name, description, inputSchema, readOnly = false }: Tool): object {
  // Without `alwaysLoad` the model has to search for the tool before it can use it (measured on 2.1.329).
  const _meta = { 'anthropic/alwaysLoad': true };
  return { name, description, inputSchema, annotations: { readOnlyHint: readOnly }, _meta };
}
