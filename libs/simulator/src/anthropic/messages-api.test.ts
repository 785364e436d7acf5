import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../start-simulator.ts';

type Body = {
  content: { type: string; text?: string; input?: unknown }[];
  stop_reason: string;
  error?: { type: string };
};

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator();
});
afterEach(() => simulator.close());

function ask(
  text: string,
  { stream = false, signal }: { stream?: boolean; signal?: AbortSignal } = {},
): Promise<Response> {
  return fetch(`${simulator.url}/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'sentinel-key' },
    body: JSON.stringify({ model: 'claude-x', max_tokens: 10, stream, messages: [{ role: 'user', content: text }] }),
    ...(signal === undefined ? {} : { signal }),
  });
}

const last = () => simulator.anthropic.requests.at(-1);

describe('the Messages API', () => {
  test('answers as one JSON body when it is not streamed', async () => {
    const body = (await (await ask('[[think so]][[say yes]][[tool Bash {"command":"ls"}]]')).json()) as Body;
    expect(body).toMatchObject({ type: 'message', role: 'assistant', model: 'claude-x', stop_reason: 'tool_use' });
    expect(body.content).toMatchObject([
      { type: 'thinking', thinking: 'so' },
      { type: 'text', text: 'yes' },
      { type: 'tool_use', name: 'Bash', input: { command: 'ls' } },
    ]);
  });

  test('streams the events in the order the API documents', async () => {
    const response = await ask('[[say a sentence that is longer than one delta]]', { stream: true });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const events = [...(await response.text()).matchAll(/^event: (.*)$/gm)].map((match) => match[1]);
    expect(events).toEqual([
      'message_start',
      'ping',
      'content_block_start',
      'content_block_delta',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
  });

  test('an error is served as often as asked', async () => {
    const statuses = [];
    for (let at = 0; at < 3; at += 1) statuses.push((await ask('[[error 529 times 2]][[say ok]]')).status);
    expect(statuses).toEqual([529, 529, 200]);
    expect(simulator.anthropic.requests.map(({ outcome, retry }) => `${outcome} ${retry}`)).toEqual([
      'failed 529 0',
      'failed 529 1',
      'answered 2',
    ]);
    expect(((await (await ask('[[error 404]]')).json()) as Body).error?.type).toBe('not_found_error');
  });

  test('an error with a text is served to what it is for, as long as that is in the conversation', async () => {
    const { errors } = simulator.anthropic;
    errors.add({ status: 400, message: 'image cannot be processed', type: 'x_error', contains: 'poison' });
    errors.add({ status: 529, kind: 'turn', skip: 1, times: 1 });
    const refused = await ask('a poison [[say yes]]');
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { error: { type: 'x_error', message: 'image cannot be processed' } },
    ]);
    const statuses = [];
    for (let at = 0; at < 3; at += 1) statuses.push((await ask('[[say ok]]')).status);
    expect(statuses).toEqual([200, 529, 200]);
    expect(errors.list().map(({ hits }) => hits)).toEqual([1, 1]);
    expect(((await (await ask('[[error 413: too large]]')).json()) as { error: object }).error).toEqual({
      type: 'request_too_large',
      message: 'too large',
    });
  });

  test('a limit is refused with the headers the CLI reads, and lifts after its time', async () => {
    const refused = await ask('[[limit 1]][[say back]]');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.headers.get('anthropic-ratelimit-unified-status')).toBe('rejected');
    await expect
      .poll(async () => (await ask('[[limit 1]][[say back]]')).status, { timeout: 3000, interval: 200 })
      .toBe(200);
  });

  test('an error after words comes as an event of the stream', async () => {
    const text = await (await ask('[[say so far]][[error 529]]', { stream: true })).text();
    expect(text).toContain('event: error\ndata: {"type":"error","error":{"type":"overloaded_error"');
    expect(text).not.toContain('message_stop');
  });

  test('a hanging request is let go when its client gives up', async () => {
    const client = new AbortController();
    const hanging = ask('[[hang]]', { signal: client.signal });
    await expect.poll(() => last()?.outcome).toBe('open');
    client.abort();
    await expect(hanging).rejects.toThrow();
    await expect.poll(() => last()?.outcome).toBe('hung');
  });

  test('a stalled stream begins and never goes on, a cut one ends without its end', async () => {
    const client = new AbortController();
    const response = await ask('[[stall]]', { stream: true, signal: client.signal });
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('message_start');
    client.abort();
    await expect.poll(() => last()?.outcome).toBe('stalled');
    const cut = await ask('[[cut]]', { stream: true });
    await expect(cut.text()).rejects.toThrow();
    expect(last()?.outcome).toBe('cut');
  });

  test('a wait ends with its client', async () => {
    const client = new AbortController();
    const waiting = ask('[[wait 60000]][[say late]]', { signal: client.signal });
    await expect.poll(() => simulator.anthropic.requests.length).toBe(1);
    client.abort();
    await expect(waiting).rejects.toThrow();
    await expect.poll(() => last()?.outcome).toBe('given up by the client');
  });

  test('no key ever comes into the log', async () => {
    await ask('hello');
    expect(JSON.stringify(simulator.anthropic.requests)).not.toContain('sentinel-key');
    expect(last()?.auth).toEqual({ apiKey: true, bearer: false, sha256: expect.stringMatching(/^[0-9a-f]{12}$/) });
  });

  test('what is no request of this API is refused as the API does', async () => {
    const post = (path: string, body: string, headers: Record<string, string> = { 'x-api-key': 'k' }) =>
      fetch(`${simulator.url}${path}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...headers },
      });
    expect((await post('/v1/messages', '{}')).status).toBe(400);
    expect((await post('/v1/messages', 'no json')).status).toBe(400);
    expect((await post('/v1/messages', '{"model":"m","messages":[{"role":"user","content":"x"}]}', {})).status).toBe(
      401,
    );
    expect((await post('/v1/unknown', '{}')).status).toBe(404);
    expect(await (await post('/v1/messages/count_tokens', '{"messages":[]}')).json()).toEqual({ input_tokens: 4 });
    expect(simulator.anthropic.requests).toEqual([]);
  });
});
