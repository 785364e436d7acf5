import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { callApi, callOk } from '../../../testing/call-api.ts';
import { type Simulator, startSimulator } from '../../start-simulator.ts';
import { ANN, BOB, GROUP_ID } from '../cloud/chats.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator();
});
afterEach(() => simulator.close());

const send = (params: object = {}) =>
  callOk<{ message_id: number }>(simulator, 'sendMessage', { chat_id: ANN.id, text: 'hi', ...params });

async function refusal(method: string, params: Record<string, unknown>): Promise<string> {
  const answer = await callApi(simulator, method, params);
  expect(answer.ok).toBe(false);
  return `${answer.error_code} ${answer.description}`;
}

describe('what is refused', () => {
  test.each([
    ['sendMessage', {}, '400 Bad Request: chat_id is empty'],
    ['sendMessage', { chat_id: 42, text: 'x' }, '400 Bad Request: chat not found'],
    ['sendMessage', { chat_id: ANN.id }, '400 Bad Request: message text is empty'],
    ['sendMessage', { chat_id: ANN.id, text: ' \n ' }, '400 Bad Request: message text is empty'],
    ['sendMessage', { chat_id: ANN.id, text: 'x'.repeat(4097) }, '400 Bad Request: message is too long'],
    ['sendMessage', { chat_id: ANN.id, text: 'x', message_thread_id: 5 }, '400 Bad Request: message thread not found'],
    [
      'sendMessage',
      { chat_id: ANN.id, text: 'x', reply_parameters: { message_id: 9 } },
      '400 Bad Request: message to be replied not found',
    ],
    ['editMessageText', { chat_id: ANN.id, message_id: 9, text: 'x' }, '400 Bad Request: message to edit not found'],
    ['editMessageText', { chat_id: ANN.id, text: 'x' }, '400 Bad Request: message identifier is not specified'],
    ['deleteMessage', { chat_id: ANN.id, message_id: 9 }, '400 Bad Request: message to delete not found'],
    ['setMessageReaction', { chat_id: ANN.id, message_id: 9 }, '400 Bad Request: message to react not found'],
    ['sendChatAction', { chat_id: ANN.id, action: 'dancing' }, '400 Bad Request: wrong parameter action in request'],
    ['sendMessageDraft', { chat_id: GROUP_ID, draft_id: 1, text: 'x' }, '400 Bad Request: TEXTDRAFT_PEER_INVALID'],
    [
      'answerCallbackQuery',
      { callback_query_id: '1' },
      '400 Bad Request: query is too old and response timeout expired or query ID is invalid',
    ],
    ['createForumTopic', { chat_id: ANN.id, name: 'x' }, '400 Bad Request: the chat is not a forum'],
    ['getFile', { file_id: 'nope' }, '400 Bad Request: wrong file_id or the file is temporarily unavailable'],
    ['setMyCommands', { commands: [{ command: 'No', description: 'x' }] }, '400 Bad Request: BOT_COMMAND_INVALID'],
    ['sendRocket', {}, '404 Not Found: method not found'],
  ])('%s %j', async (method, params, expected) => {
    expect(await refusal(method, params)).toBe(expected);
  });

  test('button data over 64 bytes and buttons without an action', async () => {
    const keyboard = (button: object) => ({
      chat_id: ANN.id,
      text: 'x',
      reply_markup: { inline_keyboard: [[button]] },
    });
    expect(await refusal('sendMessage', keyboard({ text: 'a', callback_data: 'ü'.repeat(33) }))).toBe(
      '400 Bad Request: BUTTON_DATA_INVALID',
    );
    expect(await refusal('sendMessage', keyboard({ text: 'a' }))).toContain('Text buttons are unallowed');
    expect(simulator.telegram.messages(ANN.id)).toEqual([]);
  });

  test('✅ and ⏳ are no reactions, 👀 is', async () => {
    const { message } = simulator.telegram.say({ from: ANN.id, text: 'x' });
    const react = (emoji: string) => ({
      chat_id: ANN.id,
      message_id: message.id,
      reaction: [{ type: 'emoji', emoji }],
    });
    for (const emoji of ['✅', '⏳'])
      expect(await refusal('setMessageReaction', react(emoji))).toBe('400 Bad Request: REACTION_INVALID');
    await callOk(simulator, 'setMessageReaction', react('👀'));
    expect(simulator.telegram.messages(ANN.id)[0]?.reactions).toEqual([
      { from: simulator.telegram.me.id, emoji: '👀' },
    ]);
  });
});

describe('sending and editing', () => {
  test('a missing reply target is no obstacle when that is allowed', async () => {
    await send({ reply_parameters: { message_id: 9, allow_sending_without_reply: true } });
    expect(simulator.telegram.messages(ANN.id)).toMatchObject([{ text: 'hi', replyTo: undefined }]);
  });

  test('an edit that changes nothing is refused, and one that does marks the message', async () => {
    const { message_id } = await send();
    const edit = { chat_id: ANN.id, message_id, text: 'hi' };
    expect(await refusal('editMessageText', edit)).toBe(
      '400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
    await callOk(simulator, 'editMessageText', { ...edit, text: 'hello' });
    const [shown] = simulator.telegram.messages(ANN.id);
    expect(shown).toMatchObject({ text: 'hello', edited: true });
    expect(shown?.history.map(({ what, text }) => `${what} ${text}`)).toEqual(['sent hi', 'edited hello']);
    expect(shown?.calls.map(({ method }) => method)).toEqual(['sendMessage', 'editMessageText']);
  });

  test('an edit without buttons takes them away', async () => {
    const { message_id } = await send({ reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'a' }]] } });
    await callOk(simulator, 'editMessageText', { chat_id: ANN.id, message_id, text: 'hi' });
    expect(simulator.telegram.messages(ANN.id)[0]?.buttons).toEqual([]);
  });

  test("a person's message cannot be edited, a deleted one is gone", async () => {
    const { message } = simulator.telegram.say({ from: ANN.id, text: 'x' });
    expect(await refusal('editMessageText', { chat_id: ANN.id, message_id: message.id, text: 'y' })).toContain(
      "message can't be edited",
    );
    const { message_id } = await send();
    await callOk(simulator, 'deleteMessage', { chat_id: ANN.id, message_id });
    expect(simulator.telegram.messages(ANN.id).map(({ text }) => text)).toEqual(['x']);
    expect(simulator.telegram.allMessages(ANN.id).map(({ deleted }) => deleted)).toEqual([false, true]);
    expect(await refusal('editMessageText', { chat_id: ANN.id, message_id, text: 'y' })).toContain(
      'message to edit not found',
    );
  });

  test('parameters may come as a form too', async () => {
    const body = new URLSearchParams({
      chat_id: String(ANN.id),
      text: 'bold',
      entities: JSON.stringify([{ type: 'bold', offset: 0, length: 4 }]),
      disable_notification: 'true',
    });
    const response = await fetch(`${simulator.url}/bot${simulator.botToken}/SENDMESSAGE`, { method: 'POST', body });
    expect(await response.json()).toMatchObject({ ok: true, result: { entities: [{ type: 'bold' }] } });
    expect(simulator.telegram.messages(ANN.id)).toMatchObject([{ text: 'bold', silent: true }]);
  });

  test('a closed topic takes no messages', async () => {
    const [topic] = simulator.telegram.chats.find(({ id }) => id === GROUP_ID)?.topics ?? [];
    const place = { chat_id: GROUP_ID, message_thread_id: topic?.id };
    await callOk(simulator, 'closeForumTopic', place);
    expect(await refusal('sendMessage', { ...place, text: 'x' })).toContain('TOPIC_CLOSED');
  });

  test('commands are offered by the narrowest scope', async () => {
    const { telegram } = simulator;
    const commands = (name: string) => [{ command: name, description: name }];
    await callOk(simulator, 'setMyCommands', { commands: commands('all') });
    await callOk(simulator, 'setMyCommands', { commands: commands('ann'), scope: { type: 'chat', chat_id: ANN.id } });
    expect(telegram.commandsFor(ANN.id, ANN.id)).toEqual(commands('ann'));
    expect(telegram.commandsFor(BOB.id, BOB.id)).toEqual(commands('all'));
    expect([...telegram.commands.keys()]).toEqual(['default', `chat ${ANN.id}`]);
  });
});

describe('what is shown while a turn runs', () => {
  test('drafts grow, and a message takes them and the typing away', async () => {
    const { telegram } = simulator;
    await callOk(simulator, 'sendChatAction', { chat_id: ANN.id, action: 'typing' });
    await callOk(simulator, 'sendMessageDraft', { chat_id: ANN.id, draft_id: 7 });
    await callOk(simulator, 'sendMessageDraft', { chat_id: ANN.id, draft_id: 7, text: 'Let me', can_stop: true });
    expect(telegram.draft(ANN.id)).toMatchObject({ draftId: 7, text: 'Let me', canStop: true });
    expect(telegram.draftFrames(ANN.id).map(({ text }) => text)).toEqual(['', 'Let me']);
    expect(telegram.action(ANN.id)).toMatchObject({ action: 'typing' });
    await send();
    expect(telegram.draft(ANN.id)).toBeUndefined();
    expect(telegram.action(ANN.id)).toBeUndefined();
    expect(telegram.actions(ANN.id)).toHaveLength(1);
  });

  test("Telegram's own Stop button reaches the bot", async () => {
    await callOk(simulator, 'getUpdates', { allowed_updates: ['message', 'stopped_message_generation'] });
    await callOk(simulator, 'sendMessageDraft', { chat_id: ANN.id, draft_id: 7, text: 'Let me', can_stop: true });
    simulator.telegram.stopDraft({ from: ANN.id });
    expect(await callOk(simulator, 'getUpdates')).toMatchObject([
      { stopped_message_generation: { chat: { id: ANN.id }, draft_id: 7 } },
    ]);
    expect(simulator.telegram.draft(ANN.id)).toBeUndefined();
  });

  test('a draft needs an id other than 0', async () => {
    expect(await refusal('sendMessageDraft', { chat_id: ANN.id, draft_id: 0, text: 'x' })).toContain('draft_id');
  });
});
