import { ANN, BOB, GROUP_ID } from '@signalbox/simulator';
import { describe, expect, test } from 'vitest';
import { DESKTOP, hasBrowser, useChatPage } from './use-chat-page.ts';

describe.runIf(hasBrowser)('the chat page in Chromium', () => {
  const chat = useChatPage();

  test('what is typed is sent with Enter, Shift+Enter makes a line, and the answer is shown', async () => {
    await chat.open();
    await expect.poll(() => chat.page.getByRole('note').textContent()).toMatch(/Simulated Telegram.*Simulated model/);
    await chat.field().pressSequentially('first line');
    await chat.page.keyboard.press('Shift+Enter');
    await chat.page.keyboard.type('second line');
    await chat.page.keyboard.press('Enter');
    const sent = await chat.simulator.telegram.waitForMessage(({ from }) => from.id === ANN.id);
    expect(sent.text).toBe('first line\nsecond line');
    await chat.messages().filter({ hasText: 'second line' }).waitFor();
    expect(await chat.field().inputValue()).toBe('');
    await chat.bot('sendMessage', { chat_id: ANN.id, text: 'an answer' });
    await chat.messages().filter({ hasText: 'an answer' }).waitFor();
    expect(await chat.messages().count()).toBe(2);
  });

  test('formatting is shown, and text that looks like HTML stays text', async () => {
    await chat.open();
    const text = 'bold <img src=x onerror=alert(1)> code\nconst a = 1;\nlink hidden';
    const at = (part: string, type: string, more = {}) => ({
      type,
      offset: text.indexOf(part),
      length: part.length,
      ...more,
    });
    const entities = [
      at('bold', 'bold'),
      at('code', 'code'),
      at('const a = 1;', 'pre', { language: 'ts' }),
      at('link', 'text_link', { url: 'https://example.org/' }),
      at('hidden', 'spoiler'),
    ];
    await chat.bot('sendMessage', { chat_id: ANN.id, text, entities });
    const message = chat.messages().last();
    expect(await message.locator('strong').textContent()).toBe('bold');
    expect(await message.locator('img').count()).toBe(0);
    await message.getByText('<img src=x onerror=alert(1)>').waitFor();
    expect(await message.locator('pre').textContent()).toBe('const a = 1;');
    await message.getByText('ts', { exact: true }).waitFor();
    const link = message.getByRole('link', { name: 'link' });
    expect(await link.getAttribute('href')).toBe('https://example.org/');
    expect(await link.getAttribute('rel')).toContain('noopener');
    const spoiler = message.getByRole('button', { name: 'Hidden text' });
    await spoiler.focus();
    await chat.page.keyboard.press('Enter');
    await expect.poll(() => spoiler.count()).toBe(0);
  });

  test('a pressed button reaches the bot, and its answer is shown', async () => {
    await chat.open();
    const reply_markup = {
      inline_keyboard: [
        [
          { text: 'Allow', callback_data: 'a1' },
          { text: 'Deny', callback_data: 'd1' },
        ],
      ],
    };
    const { message_id } = await chat.bot('sendMessage', { chat_id: ANN.id, text: 'Run it?', reply_markup });
    await chat.page.getByRole('button', { name: 'Allow' }).click();
    const query = await chat.simulator.telegram.waitFor(() =>
      chat.simulator.telegram.pendingUpdates.find((update) => 'callback_query' in update),
    );
    expect(query).toMatchObject({ callback_query: { data: 'a1', from: { id: ANN.id } } });
    const { id } = (query as { callback_query: { id: string } }).callback_query;
    await chat.bot('answerCallbackQuery', { callback_query_id: id, text: 'Allowed once' });
    await chat.page.getByRole('status').filter({ hasText: 'Allowed once' }).waitFor();
    await chat.bot('editMessageText', { chat_id: ANN.id, message_id, text: 'Allowed.' });
    await chat.messages().filter({ hasText: 'Allowed.' }).filter({ hasText: 'edited' }).waitFor();
    expect(await chat.page.getByRole('button', { name: 'Deny' }).count()).toBe(0);
  });

  test('a draft grows in place, can be stopped, and gives way to the message', async () => {
    await chat.open();
    const draft = chat.page.locator('.draft');
    await chat.bot('sendChatAction', { chat_id: ANN.id, action: 'typing' });
    await chat.page.getByText('Signalbox is typing').waitFor();
    await chat.bot('sendMessageDraft', { chat_id: ANN.id, draft_id: 1 });
    await draft.getByText('Thinking…').waitFor();
    await chat.bot('sendMessageDraft', { chat_id: ANN.id, draft_id: 1, text: 'Let me', can_stop: true });
    await chat.bot('sendMessageDraft', {
      chat_id: ANN.id,
      draft_id: 1,
      text: 'Let me look',
      can_stop: true,
      keep_on_stop: true,
    });
    await draft.getByText('Let me look').waitFor();
    await chat.bot('getUpdates', { allowed_updates: ['stopped_message_generation'] });
    await draft.getByRole('button', { name: 'Stop' }).click();
    await expect.poll(() => chat.simulator.telegram.pendingUpdates.length).toBe(1);
    await chat.bot('sendMessage', { chat_id: ANN.id, text: 'Stopped.' });
    await chat.messages().filter({ hasText: 'Stopped.' }).waitFor();
    expect(await draft.count()).toBe(0);
  });

  test('files go both ways', async () => {
    await chat.open();
    await chat.page
      .locator('#attach')
      .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('my notes') });
    await chat.page.getByRole('list', { name: 'Files to send' }).getByText('notes.txt').waitFor();
    await chat.field().fill('see here');
    await chat.page.getByRole('button', { name: 'Send', exact: true }).click();
    const sent = await chat.simulator.telegram.waitForMessage(({ file }) => file !== undefined);
    expect(sent).toMatchObject({ text: 'see here', file: { name: 'notes.txt', mimeType: 'text/plain', size: 8 } });
    const form = new FormData();
    form.set('chat_id', String(ANN.id));
    form.set('document', new File(['answer'], 'answer.md'));
    await fetch(`${chat.simulator.url}/bot${chat.simulator.botToken}/sendDocument`, { method: 'POST', body: form });
    const download = chat.page.waitForEvent('download');
    await chat.page.getByRole('link', { name: 'answer.md' }).click();
    expect((await download).suggestedFilename()).toBe('answer.md');
  });

  test('topics are places of their own, and one chooses who speaks', async () => {
    await chat.open(DESKTOP);
    await chat.page.getByRole('navigation').getByRole('button', { name: 'Servers' }).click();
    await chat.page.getByRole('heading', { name: 'Homelab · Servers' }).waitFor();
    await chat.page.getByRole('radio', { name: 'Bob' }).check();
    await chat.field().fill('all up?');
    await chat.page.keyboard.press('Enter');
    const said = await chat.simulator.telegram.waitForMessage(({ text }) => text === 'all up?');
    expect(said).toMatchObject({ chatId: GROUP_ID, from: { id: BOB.id } });
    const [servers] = chat.simulator.telegram.chats.find(({ id }) => id === GROUP_ID)?.topics ?? [];
    expect(said.thread).toBe(servers?.id);
    await chat.bot('sendMessage', { chat_id: ANN.id, text: 'for Ann alone' });
    const annsChat = chat.page.getByRole('navigation').getByRole('button', { name: 'Ann’s chat' });
    await annsChat.getByLabel('1 unread').waitFor();
    expect(await chat.messages().filter({ hasText: 'for Ann alone' }).count()).toBe(0);
    await annsChat.click();
    await chat.messages().filter({ hasText: 'for Ann alone' }).waitFor();
    expect(await chat.page.getByRole('radio').count()).toBe(0);
  });

  test('the commands of the bot are chosen with the keyboard', async () => {
    await chat.bot('setMyCommands', {
      commands: [
        { command: 'new', description: 'Make a session' },
        { command: 'session', description: 'Switch to a session' },
        { command: 'sessions', description: 'All sessions' },
      ],
    });
    await chat.open();
    await chat.field().pressSequentially('/s');
    const options = chat.page.getByRole('option');
    await expect.poll(() => options.count()).toBe(2);
    await chat.page.keyboard.press('ArrowDown');
    await expect.poll(() => options.nth(1).getAttribute('aria-selected')).toBe('true');
    await chat.page.keyboard.press('Enter');
    expect(await chat.field().inputValue()).toBe('/sessions ');
    await chat.page.keyboard.press('Enter');
    expect(await chat.simulator.telegram.waitForMessage(({ from }) => from.id === ANN.id)).toMatchObject({
      text: '/sessions',
    });
  });

  test('what is refused is said and not lost, and a lost connection is shown until it is back', async () => {
    await chat.open();
    chat.simulator.telegram.block(ANN.id);
    await chat.field().fill('can you hear me?');
    await chat.page.keyboard.press('Enter');
    await chat.page.getByRole('status').filter({ hasText: 'has blocked the bot' }).waitFor();
    expect(await chat.field().inputValue()).toBe('can you hear me?');
    const port = Number(new URL(chat.simulator.url).port);
    await chat.simulator.close();
    await chat.page.getByRole('alert').waitFor();
    await chat.startAgain({ port });
    await expect.poll(() => chat.page.getByRole('alert').isVisible()).toBe(false);
    chat.simulator.telegram.say({ from: ANN.id, text: 'back again' });
    await chat.messages().filter({ hasText: 'back again' }).waitFor();
  });
});
