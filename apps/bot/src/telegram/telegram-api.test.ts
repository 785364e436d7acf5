import { ANN, GROUP_ID, startSimulator } from '@signalbox/simulator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BotWorld, startBotWorld, startDumbServer } from '../../testing/bot-world.ts';
import { createTelegramApi, type TelegramApi, TelegramFailure } from './telegram-api.ts';

const TOKEN = '123456:a-Secret_Token-that-nobody-may-read';
const hello = { text: 'hello', entities: [] };
const to = { chatId: ANN.id };

let world: BotWorld;
let api: TelegramApi;
beforeAll(async () => {
  world = await startBotWorld();
  api = world.api;
});
afterAll(() => world.stop());
beforeEach(() => world.telegram.faults.clear());

const shown = (id: number, chat: number = ANN.id) => world.telegram.messages(chat).find((each) => each.id === id);

async function failureOf(call: Promise<unknown>): Promise<TelegramFailure> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TelegramFailure)) throw new Error(`expected a TelegramFailure, got ${error}`);
  return error;
}

describe('a message', () => {
  it('is sent with its formatting, as an answer, without a sound and without a preview', async () => {
    const { message } = world.telegram.say({ from: ANN.id, text: 'question' });
    const bold = { text: 'bold https://example.org', entities: [{ type: 'bold' as const, offset: 0, length: 4 }] };
    const id = await api.sendMessage({ ...to, replyTo: message.id, silent: true }, bold);
    expect(shown(id)).toMatchObject({ text: bold.text, silent: true, replyTo: { id: message.id } });
    expect(shown(id)?.entities).toContainEqual({ type: 'bold', offset: 0, length: 4 });
    expect(shown(id)?.calls[0]?.params).toMatchObject({ link_preview_options: { is_disabled: true } });
  });

  it('that answers what was deleted is sent all the same', async () => {
    expect(shown(await api.sendMessage({ ...to, replyTo: 999_999 }, hello))?.text).toBe('hello');
  });

  it('goes to its topic', async () => {
    const topic = world.telegram.chats.find(({ id }) => id === GROUP_ID)?.topics[0]?.id;
    const id = await api.sendMessage({ chatId: GROUP_ID, threadId: topic }, hello);
    expect(shown(id, GROUP_ID)?.thread).toBe(topic);
  });

  it('is edited and deleted', async () => {
    const id = await api.sendMessage(to, hello);
    await api.editMessage(ANN.id, id, { text: 'changed', entities: [] });
    expect(shown(id)?.text).toBe('changed');
    await api.deleteMessage(ANN.id, id);
    expect(shown(id)).toBeUndefined();
  });
});

describe('a file', () => {
  it('is sent whole, with the formatting of its caption and what it answers', async () => {
    const { message } = world.telegram.say({ from: ANN.id, text: 'question' });
    const content = 'ä😀\n'.repeat(5_000);
    const caption = { text: 'the rest', entities: [{ type: 'bold' as const, offset: 4, length: 4 }] };
    const id = await api.sendTextFile({ ...to, replyTo: message.id }, { name: 'answer.md', content }, caption);
    const sent = shown(id);
    expect(sent).toMatchObject({ text: 'the rest', file: { name: 'answer.md' }, replyTo: { id: message.id } });
    expect(sent?.entities).toEqual(caption.entities);
    expect(Buffer.from(world.telegram.fileData(sent?.file?.fileId ?? '')).toString()).toBe(content);
  });

  it('may have no caption', async () => {
    const id = await api.sendTextFile(to, { name: 'a.txt', content: 'a' }, { text: '', entities: [] });
    expect(shown(id)).toMatchObject({ text: '', file: { name: 'a.txt' } });
  });
});

describe('the small calls', () => {
  it('show typing, a draft, a reaction, an answered button and the commands', async () => {
    const { message } = world.telegram.say({ from: ANN.id, text: 'x' });
    await api.sendTyping(to);
    expect(world.telegram.action(ANN.id)?.action).toBe('typing');
    const entities = [{ type: 'bold', offset: 0, length: 4 }] as const;
    await api.sendDraft(to, 1, { text: 'growing', entities }, { canStop: true });
    expect(world.telegram.draft(ANN.id)).toMatchObject({ draftId: 1, text: 'growing', entities, canStop: true });
    await api.react(ANN.id, message.id, '👀');
    expect(shown(message.id)?.reactions).toMatchObject([{ emoji: '👀' }]);
    await api.setCommands(ANN.id, [{ command: 'new', description: 'Start' }]);
    expect(world.telegram.commandsFor(ANN.id, ANN.id)).toEqual([{ command: 'new', description: 'Start' }]);
    expect((await failureOf(api.answerButton('unknown', 'no'))).kind).toBe('refused');
    expect(await api.getMe()).toMatchObject({ id: world.telegram.me.id, username: world.telegram.me.username });
  });
});

describe('a failure', () => {
  const refusal = (code: number, description: string, retry_after?: number) => ({
    error: { code, description, ...(retry_after ? { parameters: { retry_after } } : {}) },
  });
  it.each([
    ['429 with a time', refusal(429, 'Too Many Requests', 7), 'flood', 7_000],
    ['429 without a time', refusal(429, 'Too Many Requests'), 'flood', 1_000],
    ['400', refusal(400, 'Bad Request: no'), 'refused', 0],
    ['403', refusal(403, 'Forbidden: bot was blocked'), 'refused', 0],
    ['a gateway without its server', 'badGateway' as const, 'server', 0],
    ['a connection that was cut before', 'cutBefore' as const, 'unsure', 0],
    ['a connection that was cut after', 'cutAfter' as const, 'unsure', 0],
  ])('by %s is of its kind', async (_what, effect, kind, retryAfterMs) => {
    world.telegram.faults.add({ method: 'sendMessage', effect });
    expect(await failureOf(api.sendMessage(to, hello))).toMatchObject({ kind, retryAfterMs });
  });

  it('of a request that was given up is unsure', async () => {
    world.telegram.faults.add({ method: 'getUpdates', effect: 'hang' });
    const giveUp = new AbortController();
    const call = failureOf(api.getUpdates(0, 50, giveUp.signal));
    await expect.poll(() => world.telegram.calls.at(-1)?.method, { interval: 5 }).toBe('getUpdates');
    giveUp.abort();
    expect((await call).kind).toBe('unsure');
  });

  it('of a server that is not there means that nothing was sent', async () => {
    const simulator = await startSimulator();
    await simulator.close();
    const gone = createTelegramApi(TOKEN, simulator.url);
    expect((await failureOf(gone.sendMessage(to, hello))).kind).toBe('unreachable');
  });

  it.each([
    [200, '<html>Log in to this network</html>'],
    [403, '<html>Forbidden</html>'],
    [200, ''],
    [502, 'Bad Gateway'],
    [404, '{"ok":false,"error_code":404,"description":"Not Found"}'],
  ])('by a server that is none (%i %j) never has the token in it', async (status, body) => {
    const dumb = await startDumbServer(status, body);
    try {
      const error = await failureOf(createTelegramApi(TOKEN, dumb.url).getMe());
      expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain('Secret_Token');
    } finally {
      await dumb.stop();
    }
  });
});
