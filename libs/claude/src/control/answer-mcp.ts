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

/** Whether a control request is for a server of tools. */
export function isForServer({ request }: LineOf<'control_request'>): boolean {
  return request.subtype === 'mcp_message';
}

/** The response to a message of the CLI for one of the servers of tools that live in this process. Never rejects. */
export async function answerMcp(
  request: unknown,
  signal: AbortSignal,
  { servers, warn }: { servers: Readonly<Record<string, McpServer>>; warn(warning: string): void },
): Promise<object> {
  const { server_name: name = '', message } = mcpRequest.safeParse(request).data ?? {};
  const server = Object.hasOwn(servers, name) ? servers[name] : undefined;
  if (!server || !message) return { subtype: 'error', error: `There is no MCP server '${name}' here` };
  const success = (mcp_response: object) => ({ subtype: 'success', response: { mcp_response } });
  try {
    return success((await server(message, signal)) ?? NOTED);
  } catch (error) {
    if (!signal.aborted) warn(`the MCP server ${name} failed: ${String(error)}`);
    return success({ jsonrpc: '2.0', id: message.id ?? 0, error: { code: -32_603, message: 'Internal error' } });
  }
}
