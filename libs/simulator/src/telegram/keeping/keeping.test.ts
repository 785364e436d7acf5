import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { callOk } from '../../../testing/call-api.ts';
import { type Simulator, startSimulator } from '../../start-simulator.ts';
import { ANN, GROUP_ID } from '../cloud/chats.ts';

let stateDir: string;
beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'simulator-'));
});
afterEach(() => rm(stateDir, { recursive: true }));

/** Runs one simulator after the other over the same directory. */
async function withSimulator<T>(use: (simulator: Simulator) => Promise<T>): Promise<T> {
  const simulator = await startSimulator({ stateDir });
  try {
    return await use(simulator);
  } finally {
    await simulator.close();
  }
}

describe('a Telegram that is started again', () => {
  test('has its chats, topics, files and commands, and its ids go on', async () => {
    const before = await withSimulator(async (simulator) => {
      const { telegram } = simulator;
      const topic = telegram.createTopic({ from: ANN.id, chat: GROUP_ID, name: 'Trains' });
      telegram.say({ from: ANN.id, chat: GROUP_ID, thread: topic.id, text: 'in it' });
      const { message } = telegram.sendFile({ from: ANN.id, name: 'a.txt', data: Buffer.from('bytes'), caption: 'c' });
      const last = await callOk<{ message_id: number }>(simulator, 'sendMessage', {
        chat_id: ANN.id,
        text: 'Go?',
        reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] },
      });
      await callOk(simulator, 'setMyCommands', { commands: [{ command: 'new', description: 'Make one' }] });
      telegram.react({ from: ANN.id, messageId: last.message_id, emoji: '👍' });
      return { topic, file: message.file, last: last.message_id, shown: await looks(simulator) };
    });
    await withSimulator(async (simulator) => {
      const { telegram } = simulator;
      expect(await looks(simulator)).toEqual(before.shown);
      expect(telegram.chats.find(({ id }) => id === GROUP_ID)?.topics).toContainEqual(before.topic);
      expect(Buffer.from(telegram.fileData(before.file?.fileId ?? '') ?? '').toString()).toBe('bytes');
      expect(telegram.commandsFor(ANN.id, ANN.id)).toMatchObject([{ command: 'new' }]);
      expect(telegram.press({ from: ANN.id, messageId: before.last, data: 'go' })).toBeDefined();
      expect(telegram.say({ from: ANN.id, text: 'next' }).message.id).toBe(before.last + 1);
    });
  });

  test('delivers what the bot has not confirmed, and nothing else, under ids that go on', async () => {
    const ids = await withSimulator(async (simulator) => {
      const [one, two] = simulator.telegram.sayBatch(['one', 'two'].map((text) => ({ from: ANN.id, text })));
      await callOk(simulator, 'getUpdates', { offset: (one?.updateId ?? 0) + 1 });
      return two?.updateId ?? 0;
    });
    await withSimulator(async ({ telegram }) => {
      telegram.say({ from: ANN.id, text: 'three' });
      expect(telegram.pendingUpdates).toMatchObject([
        { update_id: ids, message: { text: 'two' } },
        { update_id: ids + 1, message: { text: 'three' } },
      ]);
    });
  });

  test('after it was killed gives no id again that it may have given', async () => {
    const killed = await startSimulator({ stateDir });
    const { updateId } = killed.telegram.say({ from: ANN.id, text: 'kept' });
    await expect.poll(() => readFile(join(stateDir, 'chats.json'), 'utf8')).toContain('kept');
    const seen = await readFile(join(stateDir, 'chats.json'), 'utf8');
    const lost = killed.telegram.say({ from: ANN.id, text: 'lost' });
    await killed.close();
    await writeFile(join(stateDir, 'chats.json'), seen);
    await withSimulator(async ({ telegram }) => {
      expect(telegram.messages(ANN.id).map(({ text }) => text)).toEqual(['kept']);
      const next = telegram.say({ from: ANN.id, text: 'next' });
      expect(next.message.id).toBeGreaterThan(lost.message.id);
      expect(next.updateId).toBeGreaterThan(lost.updateId);
      expect(telegram.pendingUpdates.map(({ update_id }) => update_id)).toEqual([updateId, next.updateId]);
    });
  });

  test('begins anew where what was kept cannot be read, and leaves that beside it', async () => {
    await writeFile(join(stateDir, 'chats.json'), '{"torn');
    await withSimulator(async ({ telegram }) => {
      expect(telegram.say({ from: ANN.id, text: 'hello' }).message.text).toBe('hello');
    });
    expect((await readdir(stateDir)).sort()).toEqual(['chats.json', 'chats.json.unreadable', 'files']);
  });
});

/** What people see, without what is kept for tests alone. */
async function looks({ url }: Simulator): Promise<unknown> {
  const { messages, users, chats } = (await (await fetch(`${url}/control/state`)).json()) as Record<string, unknown>;
  return { messages, users, chats };
}
