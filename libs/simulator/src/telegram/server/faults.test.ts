import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { callApi, callOk } from '../../../testing/call-api.ts';
import { type Simulator, startSimulator } from '../../start-simulator.ts';
import { ANN, BOB } from '../cloud/chats.ts';
import { createFloodControl, OFFICIAL_LIMITS } from './flood-control.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator();
});
afterEach(() => simulator.close());

const send = (text: string, chat = ANN.id, signal?: AbortSignal) =>
  callApi(simulator, 'sendMessage', { chat_id: chat, text }, signal);
const shown = () => simulator.telegram.messages(ANN.id).map(({ text }) => text);

describe('faults on demand', () => {
  test('an error hits the named method and chat as often as asked, after those it lets pass', async () => {
    const error = { code: 429, description: 'Too Many Requests: retry after 3', parameters: { retry_after: 3 } };
    const fault = simulator.telegram.faults.add({
      method: 'sendMessage',
      chat: ANN.id,
      skip: 1,
      times: 2,
      effect: { error },
    });
    await send('other chat', BOB.id);
    const answers = [await send('1'), await send('2'), await send('3'), await send('4')];
    expect(answers.map(({ ok }) => ok)).toEqual([true, false, false, true]);
    expect(answers[1]).toEqual({
      ok: false,
      error_code: 429,
      description: error.description,
      parameters: { retry_after: 3 },
    });
    expect(shown()).toEqual(['1', '4']);
    expect(fault.hits).toBe(2);
  });

  test('a download can be refused, come late, or be cut in its middle', async () => {
    const data = Buffer.alloc(200_000, 'x');
    const { message } = simulator.telegram.sendFile({ from: ANN.id, name: 'a.bin', data });
    const { file_path } = (await callOk(simulator, 'getFile', { file_id: message.file?.fileId })) as {
      file_path: string;
    };
    const download = async () => {
      const answer = await fetch(`${simulator.url}/file/bot${simulator.botToken}/${file_path}`);
      return { status: answer.status, bytes: (await answer.arrayBuffer()).byteLength };
    };
    simulator.telegram.faults.add({ method: 'download', effect: 'badGateway' });
    simulator.telegram.faults.add({ method: 'download', effect: 'cutAfter' });
    simulator.telegram.faults.add({ method: 'download', effect: { delayMs: 50 } });
    expect(await download()).toMatchObject({ status: 502 });
    await expect(download()).rejects.toThrow();
    const before = performance.now();
    expect(await download()).toEqual({ status: 200, bytes: 200_000 });
    expect(performance.now() - before).toBeGreaterThan(45);
  });

  test('a call cut before it is carried out leaves nothing, one cut after it does', async () => {
    simulator.telegram.faults.add({ effect: 'cutBefore' });
    await expect(send('before')).rejects.toThrow();
    expect(shown()).toEqual([]);
    simulator.telegram.faults.add({ effect: 'cutAfter' });
    await expect(send('after')).rejects.toThrow();
    expect(shown()).toEqual(['after']);
    expect(simulator.telegram.calls.map(({ outcome }) => outcome)).toEqual(['cut before', 'cut after']);
  });

  test('a hanging call is never answered and not carried out', async () => {
    simulator.telegram.faults.add({ effect: 'hang' });
    const client = new AbortController();
    const hanging = send('x', ANN.id, client.signal);
    await expect.poll(() => simulator.telegram.calls[0]?.outcome).toBe('hung');
    client.abort();
    await expect(hanging).rejects.toThrow();
    simulator.telegram.faults.add({ effect: 'hang' });
    const released = send('y');
    await expect.poll(() => simulator.telegram.calls[1]?.outcome).toBe('hung');
    simulator.telegram.faults.clear();
    await expect(released).rejects.toThrow();
    expect(shown()).toEqual([]);
  });

  test('a delayed call is carried out later, a bad gateway answers with HTML', async () => {
    simulator.telegram.faults.add({ effect: { delayMs: 30 } });
    const started = performance.now();
    expect((await send('late')).ok).toBe(true);
    expect(performance.now() - started).toBeGreaterThan(25);
    simulator.telegram.faults.add({ effect: 'badGateway' });
    const response = await fetch(`${simulator.url}/bot${simulator.botToken}/getMe`);
    expect([response.status, response.headers.get('content-type')]).toEqual([502, 'text/html']);
  });

  test('a person who has blocked the bot cannot be written to', async () => {
    simulator.telegram.block(ANN.id);
    expect(await send('x')).toMatchObject({ error_code: 403, description: 'Forbidden: bot was blocked by the user' });
    expect(() => simulator.telegram.say({ from: ANN.id, text: 'x' })).toThrow('has blocked the bot');
    simulator.telegram.unblock(ANN.id);
    expect((await send('x')).ok).toBe(true);
    const updates = await callOk<object[]>(simulator, 'getUpdates');
    expect(updates).toMatchObject([
      { my_chat_member: { new_chat_member: { status: 'kicked' } } },
      { my_chat_member: {} },
    ]);
  });
});

describe('flood control', () => {
  function setUp() {
    let now = 0;
    const flood = createFloodControl(() => now, OFFICIAL_LIMITS);
    const wait = (method: string, chat: number): number => {
      try {
        flood.check(method, chat);
        return 0;
      } catch (error) {
        return (error as { parameters: { retry_after: number } }).parameters.retry_after;
      }
    };
    const pass = (ms: number) => {
      now += ms;
    };
    return { wait, pass };
  }

  test('a burst to one chat is allowed, then about one message a second', () => {
    const { wait, pass } = setUp();
    expect([1, 2, 3, 4, 5].map(() => wait('sendMessage', 1))).toEqual([0, 0, 0, 0, 1]);
    expect(wait('editMessageText', 1)).toBe(1);
    expect([wait('sendMessage', 2), wait('sendChatAction', 1), wait('setMessageReaction', 1)]).toEqual([0, 0, 0]);
    pass(1000);
    expect([wait('editMessageText', 1), wait('sendMessage', 1)]).toEqual([0, 1]);
  });

  test('a group takes 20 messages a minute', () => {
    const { wait, pass } = setUp();
    const waits = Array.from({ length: 40 }, () => {
      pass(1000);
      return wait('sendMessage', -1);
    });
    const sent = waits.filter((seconds) => seconds === 0).length;
    expect(sent).toBeGreaterThanOrEqual(30);
    expect(sent).toBeLessThan(36);
    expect(Math.max(...waits)).toBeGreaterThan(1);
  });

  test('all chats together take 30 messages a second', () => {
    const { wait } = setUp();
    const refused = Array.from({ length: 40 }, (_, at) => wait('sendMessage', at + 1)).filter((seconds) => seconds > 0);
    expect(refused).toHaveLength(10);
  });

  test('it is off unless asked for', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, at) => send(String(at))));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    simulator.telegram.flood.limits = OFFICIAL_LIMITS;
    const limited = await Promise.all(Array.from({ length: 10 }, (_, at) => send(String(at))));
    expect(limited.find(({ ok }) => !ok)).toMatchObject({
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    });
  });
});
