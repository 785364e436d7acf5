import { expect, test } from 'vitest';
import { serveTools, type Tool } from '../mcp/serve-tools.ts';
import type { McpServer } from './answer-mcp.ts';
import { ControlDesk } from './control-desk.ts';

function desk(server: McpServer) {
  const written: unknown[] = [];
  const warnings: string[] = [];
  const made = new ControlDesk({
    saidFirst: async () => undefined,
    ask: async () => ({ behavior: 'deny', message: 'no' }),
    servers: { here: server },
    write: async (line) => void written.push(line),
    warn: (warning) => warnings.push(warning),
  });
  return { desk: made, written, warnings };
}

const line = (message: object, server_name = 'here') => ({
  kind: 'control_request' as const,
  request_id: 'r1',
  request: { subtype: 'mcp_message', server_name, message },
});
const answered = (response: object) => [
  { type: 'control_response', response: { request_id: 'r1', subtype: 'success', response } },
];

const echo: Tool = {
  name: 'echo',
  description: 'Gives back what it is given',
  inputSchema: { type: 'object' },
  run: async (input) => ({ text: JSON.stringify(input) }),
};
const tools = serveTools({ name: 'here', version: '1' }, [echo]);

test.each([
  ['initialize', { protocolVersion: '2030-01-01' }, { protocolVersion: '2030-01-01', capabilities: { tools: {} } }],
  ['initialize', undefined, { protocolVersion: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) }],
  ['ping', undefined, {}],
  ['tools/list', undefined, { tools: [{ name: 'echo', inputSchema: { type: 'object' } }] }],
  [
    'tools/call',
    { name: 'echo', arguments: { a: 1 } },
    { content: [{ type: 'text', text: '{"a":1}' }], isError: false },
  ],
])('%s is answered', async (method, params, result) => {
  const { desk: made, written } = desk(tools);
  await made.answer(line({ jsonrpc: '2.0', id: 7, method, params }));
  expect(written).toMatchObject(answered({ mcp_response: { jsonrpc: '2.0', id: 7, result } }));
});

test.each([
  ['resources/list', undefined, -32_601],
  ['tools/call', { name: 'constructor' }, -32_602],
])('%s of what is not there is refused in words', async (method, params, code) => {
  const { desk: made, written } = desk(tools);
  await made.answer(line({ jsonrpc: '2.0', id: 7, method, params }));
  expect(written).toMatchObject(answered({ mcp_response: { id: 7, error: { code } } }));
});

test('a notification is answered, with nothing in particular', async () => {
  const { desk: made, written } = desk(tools);
  await made.answer(line({ jsonrpc: '2.0', method: 'notifications/initialized' }));
  expect(written).toMatchObject(answered({ mcp_response: { result: {} } }));
});

test.each([
  line({ id: 1 }, 'elsewhere'),
  line({ id: 1 }, 'constructor'),
  { ...line({}), request: { subtype: 'mcp_message', server_name: 'here' } },
])('a message to a server that is not there is refused', async (message) => {
  const { desk: made, written } = desk(tools);
  await made.answer(message);
  expect(written).toMatchObject([{ response: { subtype: 'error', error: expect.stringContaining('no MCP server') } }]);
});

test('a server that fails is a warning, and an answer without its words', async () => {
  const { desk: made, written, warnings } = desk(() => Promise.reject(new Error('a secret')));
  await made.answer(line({ id: 7, method: 'tools/call' }));
  expect(written).toMatchObject(answered({ mcp_response: { id: 7, error: { code: -32_603 } } }));
  expect(JSON.stringify(written)).not.toContain('secret');
  expect(warnings).toEqual([expect.stringContaining('here failed')]);
});

test.each(['cancel', 'cancelAll'] as const)('after %s the server is told, and no answer is written', async (how) => {
  const {
    desk: made,
    written,
    warnings,
  } = desk(
    (_, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  );
  const answering = made.answer(line({ id: 7 }));
  made[how]('r1');
  await answering;
  expect({ written, warnings }).toEqual({ written: [], warnings: [] });
});
