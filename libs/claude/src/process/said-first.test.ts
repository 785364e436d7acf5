import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { McpServer } from '../control/answer-mcp.ts';
import type { Line } from '../stream/line.ts';
import { Dialogue } from './dialogue.ts';
import { SaidFirst } from './said-first.ts';

const UUID = '11111111-1111-4111-8111-111111111111';
const TURN = { user_message_uuids: [UUID] };

const text = (uuid: string): Line => ({
  kind: 'assistant',
  uuid,
  message: { model: 'm', content: [{ type: 'text', text: uuid }], usage: undefined },
  ...TURN,
});
const written = (...uuids: string[]): Line => ({ kind: 'transcript_mirror', entries: uuids.map((uuid) => ({ uuid })) });
const request = (subtype: string): Line => ({
  kind: 'control_request',
  request_id: 'r1',
  request: { subtype, tool_name: 'Bash', input: {}, server_name: 'here', message: { id: 1, method: 'tools/call' } },
});

/** What is told and asked, in order, when these lines come one after the other. */
async function order(lines: readonly Line[]): Promise<string[]> {
  const happened: string[] = [];
  const server: McpServer = async () => {
    happened.push('tool');
    return {};
  };
  const dialogue = new Dialogue({
    stdin: new PassThrough().resume(),
    past: undefined,
    continues: false,
    onPermission: async () => {
      happened.push('asked');
      return { behavior: 'allow' };
    },
    mcpServers: { here: server },
    onLate: (event) => void happened.push(`late ${event.type === 'said' ? event.text : event.type}`),
    readTranscript: async () => ({ state: 'absent', said: [], tools: [] }),
  });
  const onEvent = (event: { type: string; text?: string }) =>
    void happened.push(event.type === 'said' ? (event.text ?? '') : event.type);
  void dialogue.runTurn({ uuid: UUID, content: 'hi' }, { onEvent }).catch(() => undefined);
  for (const line of lines) {
    await dialogue.take(line);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return happened;
}

const ASKED = ['request-opened', 'asked', 'request-closed'];

describe('what Claude said before it asks', () => {
  it('is told first, although its row is written later than the request is printed', async () => {
    const lines = [text('a'), text('b'), request('can_use_tool'), written('a'), written('b')];
    expect(await order(lines)).toEqual(['a', 'b', ...ASKED]);
  });

  it('holds up a tool of ours in the same way: what it shows stands below', async () => {
    expect(await order([text('a'), request('mcp_message'), written('a')])).toEqual(['a', 'tool']);
  });

  it('holds up nothing when it is told already, or there is none', async () => {
    expect(await order([text('a'), written('a'), request('can_use_tool')])).toEqual(['a', ...ASKED]);
    expect(await order([request('can_use_tool')])).toEqual(ASKED);
  });

  it('is told first also in a turn that Claude began by itself', async () => {
    const { user_message_uuids: _, ...late } = text('a') as Extract<Line, { kind: 'assistant' }>;
    const init: Line = { kind: 'system/init', model: 'm', user_message_uuids: undefined };
    const lines = [init, late as Line, request('can_use_tool'), written('a')];
    expect((await order(lines)).filter((each) => !each.startsWith('request'))).toEqual(['late a', 'asked']);
  });
});

describe('a row that is not written', () => {
  it('holds a question up to the bound, and no longer', async () => {
    const saidFirst = new SaidFirst(20);
    saidFirst.note(true);
    await saidFirst.passed(new AbortController().signal);
  });

  it('holds up nobody who no longer wants an answer', async () => {
    const saidFirst = new SaidFirst(1_000_000);
    saidFirst.note(true);
    const controller = new AbortController();
    const passed = saidFirst.passed(controller.signal);
    controller.abort();
    await passed;
    await saidFirst.passed(controller.signal);
  });
});
