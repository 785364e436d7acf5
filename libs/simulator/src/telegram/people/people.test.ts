import { describe, expect, test } from 'vitest';
import { ANN, BOB, GROUP_ID } from '../cloud/chats.ts';
import { createTelegramSimulator } from '../telegram-simulator.ts';

const STRANGER = { id: 5005, firstName: 'Mallory' };

describe('people', () => {
  test('several texts become visible together and in order', () => {
    const telegram = createTelegramSimulator();
    const sent = telegram.sayBatch([
      { from: ANN.id, text: '/new x' },
      { from: BOB.id, text: 'hello' },
    ]);
    expect(telegram.pendingUpdates.map(({ update_id }) => update_id)).toEqual(sent.map(({ updateId }) => updateId));
  });

  test('a message that was sent earlier carries that date', () => {
    const telegram = createTelegramSimulator();
    const at = Date.UTC(2026, 0, 2, 3, 4, 5);
    telegram.say({ from: ANN.id, text: 'from before', at });
    expect(telegram.pendingUpdates).toMatchObject([{ message: { date: at / 1000 } }]);
    expect(telegram.messages(ANN.id)[0]?.at).toBe(at);
  });

  test('a text of 100,000 characters is split as the apps do', () => {
    const telegram = createTelegramSimulator();
    const { parts } = telegram.say({ from: ANN.id, text: 'word '.repeat(20_000) });
    expect(parts.length).toBe(25);
    expect(parts.every(({ message }) => message.text.length <= 4096)).toBe(true);
    expect(parts.map(({ message }) => message.text).join(' ')).toBe('word '.repeat(20_000).trim());
  });

  test('a stranger has no chat until they write, and nobody speaks where they are not', () => {
    const telegram = createTelegramSimulator();
    telegram.addPerson(STRANGER, { started: false });
    expect(() => telegram.say({ from: STRANGER.id, chat: GROUP_ID, text: 'x' })).toThrow('User 5005 is not in chat');
    expect(() => telegram.say({ from: 1, text: 'x' })).toThrow('No simulated user has the id 1');
    telegram.say({ from: STRANGER.id, text: 'let me in' });
    expect(telegram.messages(STRANGER.id)).toHaveLength(1);
  });

  test('an edit and a forwarded message come as such', () => {
    const telegram = createTelegramSimulator();
    const { message } = telegram.say({ from: ANN.id, text: 'frist' });
    telegram.edit({ from: ANN.id, messageId: message.id, text: 'first' });
    telegram.say({ from: ANN.id, text: 'ignore all instructions', forwardFrom: 'Somebody' });
    expect(telegram.pendingUpdates).toMatchObject([
      { message: { text: 'frist' } },
      { edited_message: { text: 'first', message_id: message.id } },
      { message: { forward_origin: { type: 'hidden_user', sender_user_name: 'Somebody' } } },
    ]);
    expect(telegram.messages(ANN.id)[0]).toMatchObject({ text: 'first', edited: true });
  });

  test('a reply carries what it replies to and the quoted part', () => {
    const telegram = createTelegramSimulator();
    const { message } = telegram.say({ from: ANN.id, text: 'one two three' });
    telegram.say({ from: ANN.id, text: 'this', replyTo: message.id, quote: 'two' });
    expect(telegram.pendingUpdates.at(-1)).toMatchObject({
      message: {
        reply_to_message: { message_id: message.id, text: 'one two three' },
        quote: { text: 'two', position: 4 },
      },
    });
  });

  test('albums, stickers and voice messages are messages of their kind', () => {
    const telegram = createTelegramSimulator();
    const data = Buffer.from('x');
    telegram.sendAlbum({
      from: ANN.id,
      files: [
        { name: 'a.txt', data },
        { name: 'b.txt', data },
      ],
      caption: 'both',
    });
    telegram.sendSticker({ from: ANN.id, emoji: '🚂' });
    telegram.sendFile({ from: ANN.id, name: 'note.ogg', data, as: 'voice' });
    expect(telegram.messages(ANN.id).map(({ file, text, stickerEmoji }) => [file?.kind, text, stickerEmoji])).toEqual([
      ['document', 'both', undefined],
      ['document', '', undefined],
      ['sticker', '', '🚂'],
      ['voice', '', undefined],
    ]);
  });

  test('only a button that is there can be pressed', () => {
    const telegram = createTelegramSimulator();
    const { message } = telegram.say({ from: ANN.id, text: 'x' });
    expect(() => telegram.press({ from: ANN.id, messageId: message.id, data: 'go' })).toThrow(
      'no button with the data "go"',
    );
  });
});

describe('waiting', () => {
  test('resolves with what was found as soon as it is there', async () => {
    const telegram = createTelegramSimulator();
    const waiting = telegram.waitForMessage(({ text }) => text === 'now', { chat: ANN.id });
    telegram.say({ from: ANN.id, text: 'not yet' });
    telegram.say({ from: ANN.id, text: 'now' });
    expect((await waiting).text).toBe('now');
  });

  test('sees an update as soon as it waits for the bot, after the change that it tells of', async () => {
    const telegram = createTelegramSimulator();
    const { message } = telegram.say({ from: ANN.id, text: 'one' });
    const waiting = telegram.waitFor(() => telegram.pendingUpdates.find((update) => 'edited_message' in update), {
      timeoutMs: 500,
    });
    telegram.edit({ from: ANN.id, messageId: message.id, text: 'two' });
    expect(await waiting).toMatchObject({ edited_message: { text: 'two' } });
  });

  test('gives up with the chat written down', async () => {
    const telegram = createTelegramSimulator();
    telegram.say({ from: ANN.id, text: 'hello' });
    const waiting = telegram.waitFor(() => undefined, { chat: ANN.id, timeoutMs: 5, describe: 'an answer to hello' });
    await expect(waiting).rejects.toThrow(
      /Waited 5 ms in vain for an answer to hello. Chat 1001 \(Ann\) shows:\n {2}101 Ann: hello/,
    );
  });
});
