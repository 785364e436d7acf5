import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { callOk } from '../../testing/call-api.ts';
import { type Simulator, startSimulator } from '../start-simulator.ts';
import { ANN } from '../telegram/cloud/chats.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator();
});
afterEach(() => simulator.close());

async function control(
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: never }> {
  const init =
    body === undefined
      ? { headers }
      : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } };
  const response = await fetch(`${simulator.url}/control/${path}`, init);
  return { status: response.status, body: (await response.json()) as never };
}

describe('the control API', () => {
  test('brings the bot any kind of message and of update', async () => {
    await callOk(simulator, 'getUpdates', { allowed_updates: ['message', 'business_message'] });
    const raw = await control('raw', { from: ANN.id, fields: { gift: { gift: { id: 'g' } }, from: { id: 5 } } });
    const { updateId } = raw.body as { updateId: number };
    const chat = { id: ANN.id, type: 'private' };
    await control('updates', { message: { chat, from: { id: ANN.id }, text: 'as it is', message_id: 900 } });
    await control('updates', { business_message: { chat: { id: 3 }, text: 'elsewhere' } });
    expect((await control('pending-updates')).body).toMatchObject([
      { update_id: updateId, message: { gift: { gift: { id: 'g' } }, from: { id: 5 }, chat } },
      { message: { text: 'as it is', message_id: 900 } },
      { business_message: { text: 'elsewhere' } },
    ]);
    expect((await control('say', { from: ANN.id, text: 'next' })).body).toMatchObject({ message: { id: 901 } });
    expect(await control('updates', { message: {}, poll: {} })).toMatchObject({ status: 400 });
    expect(await control('updates', { poll: {} })).toMatchObject({ status: 400 });
  });

  test('sets what the model refuses', async () => {
    await control('anthropic/errors', { status: 400, message: 'prompt is too long', contains: 'x' });
    expect((await control('anthropic/errors')).body).toEqual([
      { rule: { status: 400, message: 'prompt is too long', contains: 'x' }, hits: 0 },
    ]);
    expect(await control('anthropic/errors', { status: 200 })).toMatchObject({ status: 400 });
    await fetch(`${simulator.url}/control/anthropic/errors`, { method: 'DELETE' });
    expect((await control('anthropic/errors')).body).toEqual([]);
  });

  test('does and shows what the in-process API does', async () => {
    await control('say', { from: ANN.id, text: 'hello' });
    const sent = await callOk<{ message_id: number }>(simulator, 'sendMessage', {
      chat_id: ANN.id,
      text: 'Go?',
      reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] },
    });
    const pressed = await control('press', { from: ANN.id, messageId: sent.message_id, data: 'go' });
    await callOk(simulator, 'answerCallbackQuery', {
      callback_query_id: (pressed.body as { queryId: string }).queryId,
      text: 'ok',
    });
    expect((await control(`messages?chat=${ANN.id}`)).body).toMatchObject([{ text: 'hello' }, { text: 'Go?' }]);
    expect((await control(`answers/${(pressed.body as { queryId: string }).queryId}`)).body).toMatchObject({
      text: 'ok',
    });
    expect((await control('calls')).body).toMatchObject([{ method: 'sendMessage' }, { method: 'answerCallbackQuery' }]);
    expect((await control('pending-updates')).body).toHaveLength(2);
  });

  test('faults are added, listed and cleared', async () => {
    await control('faults', { method: 'getMe', effect: { error: { code: 500, description: 'broken' } } });
    const answer = await fetch(`${simulator.url}/bot${simulator.botToken}/getMe`);
    expect(answer.status).toBe(500);
    expect((await control('faults')).body).toMatchObject([{ hits: 1 }]);
    await fetch(`${simulator.url}/control/faults`, { method: 'DELETE' });
    expect((await control('faults')).body).toEqual([]);
  });

  test('a wrong body is refused with what is wrong in it', async () => {
    const { status, body } = await control('say', { from: 'Ann' });
    expect(status).toBe(400);
    expect((body as { error: string }).error).toMatch(/from[\s\S]*text|text[\s\S]*from/);
    expect(await control('say', { from: 9, text: 'x' })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('1001, 1002') },
    });
  });

  test('events begin with the whole state and go on with each change', async () => {
    const client = new AbortController();
    const response = await fetch(`${simulator.url}/control/events`, { signal: client.signal });
    const events = readEvents(response);
    expect(await events.next()).toMatchObject({
      event: 'state',
      data: { modelIsSimulated: true, users: [{ id: 1001 }, { id: 1002 }] },
    });
    simulator.telegram.say({ from: ANN.id, text: 'hello' });
    const message = await events.next();
    expect(message).toMatchObject({ event: 'message', data: { text: 'hello' } });
    expect(message.data).not.toHaveProperty('history');
    await callOk(simulator, 'sendMessageDraft', { chat_id: ANN.id, draft_id: 1, text: 'Well' });
    expect(await events.next()).toMatchObject({ event: 'draft', data: { draft: { text: 'Well' } } });
    client.abort();
  });

  test('an uploaded page is downloaded, never shown as one', async () => {
    const form = new FormData();
    form.set('from', String(ANN.id));
    form.set('file', new File(['<script>alert(1)</script>'], 'evil.html', { type: 'text/html' }));
    await fetch(`${simulator.url}/control/upload`, { method: 'POST', body: form });
    const [shown] = simulator.telegram.messages(ANN.id);
    expect(shown?.file).toMatchObject({ name: 'evil.html', kind: 'document' });
    const file = await fetch(`${simulator.url}/control/files/${shown?.file?.fileId}`);
    expect(file.headers.get('content-type')).toBe('application/octet-stream');
    expect(file.headers.get('content-disposition')).toContain('attachment');
  });
});

describe('the guard', () => {
  test('lets no foreign page act', async () => {
    const foreign = await control('say', { from: ANN.id, text: 'x' }, { origin: 'https://evil.example' });
    expect(foreign).toMatchObject({ status: 403, body: { error: expect.stringContaining('Origin') } });
    const own = await control('say', { from: ANN.id, text: 'x' }, { origin: simulator.url });
    expect(own.status).toBe(200);
    expect(simulator.telegram.messages(ANN.id)).toHaveLength(1);
  });

  test('answers no name but those of this machine', async () => {
    expect(await statusFor('evil.example')).toBe(403);
    expect(await statusFor('127.0.0.1.evil.example')).toBe(403);
    expect(await statusFor('localhost:1234')).toBe(200);
  });

  test('a host that is not loopback is refused at the start', async () => {
    await expect(startSimulator({ host: '0.0.0.0' })).rejects.toThrow('expected a loopback address');
  });
});

function statusFor(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${simulator.url}/control/state`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.end();
  });
}

function readEvents(response: Response): { next(): Promise<{ event: string; data: object }> } {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  return {
    async next() {
      while (!buffer.includes('\n\n')) buffer += (await reader?.read())?.value ?? '';
      const end = buffer.indexOf('\n\n');
      const block = buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
      const event = /^event: (.*)$/m.exec(block)?.[1] ?? '';
      return { event, data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}') as object };
    },
  };
}
