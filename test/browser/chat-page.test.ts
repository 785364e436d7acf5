import { ANN, BOB, GROUP_ID, type Simulator, startSimulator } from '@signalbox/simulator';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CHROMIUM_ARGS, findChromium } from './find-chromium.ts';

const executablePath = findChromium(process.env.PATH ?? '');
const mustRun = process.env.CI === 'true';
if (executablePath === undefined && !mustRun) {
  console.warn('Skipped: the chat page needs a Chromium on the PATH (chromium, chromium-browser or google-chrome).');
}

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 860 };

describe.skipIf(executablePath === undefined && !mustRun)('the chat page in Chromium', () => {
  let browser: Browser;
  let simulator: Simulator;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    if (executablePath === undefined) throw new Error('CI has no Chromium on the PATH: install chromium');
    browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    simulator = await startSimulator();
    problems.length = 0;
  });
  afterEach(async () => {
    await page?.close();
    await simulator.close();
    expect(problems).toEqual([]);
  });

  async function open(viewport = PHONE, colorScheme: 'light' | 'dark' = 'light'): Promise<void> {
    page = await browser.newPage({ viewport, colorScheme, acceptDownloads: true });
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(simulator.url);
    await page.getByRole('heading', { name: 'chat with Signalbox' }).waitFor();
  }

  async function bot<T = { message_id: number }>(method: string, params: object): Promise<T> {
    const response = await fetch(`${simulator.url}/bot${simulator.botToken}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params),
    });
    const answer = (await response.json()) as { ok: boolean; result: T; description?: string };
    if (!answer.ok) throw new Error(`${method}: ${answer.description}`);
    return answer.result;
  }

  const messages = () => page.getByRole('log').getByRole('listitem');
  const field = () => page.getByRole('combobox', { name: 'Message' });
  const width = (selector: string) =>
    page.locator(selector).evaluate((element) => element.getBoundingClientRect().width);

  test('what is typed is sent with Enter, Shift+Enter makes a line, and the answer is shown', async () => {
    await open();
    await expect.poll(() => page.getByRole('note').textContent()).toMatch(/Simulated Telegram.*Simulated model/);
    await field().pressSequentially('first line');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('second line');
    await page.keyboard.press('Enter');
    const sent = await simulator.telegram.waitForMessage(({ from }) => from.id === ANN.id);
    expect(sent.text).toBe('first line\nsecond line');
    await messages().filter({ hasText: 'second line' }).waitFor();
    expect(await field().inputValue()).toBe('');
    await bot('sendMessage', { chat_id: ANN.id, text: 'an answer' });
    await messages().filter({ hasText: 'an answer' }).waitFor();
    expect(await messages().count()).toBe(2);
  });

  test('a model that is not simulated is not said to be', async () => {
    await simulator.close();
    simulator = await startSimulator({ modelIsSimulated: false });
    await open();
    expect(await page.getByRole('note').textContent()).toBe('Simulated Telegram · the model is real');
  });

  test('formatting is shown, and text that looks like HTML stays text', async () => {
    await open();
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
    await bot('sendMessage', { chat_id: ANN.id, text, entities });
    const message = messages().last();
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
    await page.keyboard.press('Enter');
    await expect.poll(() => spoiler.count()).toBe(0);
  });

  test('the code of a block is copied whole', async () => {
    await open();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: simulator.url });
    const code = 'if [ 1 ]; then\n  echo <ok>\nfi';
    await bot('sendMessage', {
      chat_id: ANN.id,
      text: code,
      entities: [{ type: 'pre', offset: 0, length: code.length }],
    });
    await messages().last().getByRole('button', { name: 'Copy the code' }).click();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(code);
  });

  test('a long quote opens and closes', async () => {
    await open();
    const text = 'one\ntwo\nthree\nfour\nfive';
    await bot('sendMessage', {
      chat_id: ANN.id,
      text,
      entities: [{ type: 'expandable_blockquote', offset: 0, length: text.length }],
    });
    const toggle = messages().last().getByRole('button', { name: 'Show more' });
    const before = await messages()
      .last()
      .locator('blockquote')
      .evaluate((quote) => quote.getBoundingClientRect().height);
    await toggle.click();
    const after = await messages()
      .last()
      .locator('blockquote')
      .evaluate((quote) => quote.getBoundingClientRect().height);
    expect(after).toBeGreaterThan(before);
    await messages().last().getByRole('button', { name: 'Show less' }).waitFor();
  });

  test('a pressed button reaches the bot, and its answer is shown', async () => {
    await open();
    const reply_markup = {
      inline_keyboard: [
        [
          { text: 'Allow', callback_data: 'a1' },
          { text: 'Deny', callback_data: 'd1' },
        ],
      ],
    };
    const { message_id } = await bot('sendMessage', { chat_id: ANN.id, text: 'Run it?', reply_markup });
    await page.getByRole('button', { name: 'Allow' }).click();
    const query = await simulator.telegram.waitFor(() =>
      simulator.telegram.pendingUpdates.find((update) => 'callback_query' in update),
    );
    expect(query).toMatchObject({ callback_query: { data: 'a1', from: { id: ANN.id } } });
    const { id } = (query as { callback_query: { id: string } }).callback_query;
    await bot('answerCallbackQuery', { callback_query_id: id, text: 'Allowed once' });
    await page.getByRole('status').filter({ hasText: 'Allowed once' }).waitFor();
    await bot('editMessageText', { chat_id: ANN.id, message_id, text: 'Allowed.' });
    await messages().filter({ hasText: 'Allowed.' }).filter({ hasText: 'edited' }).waitFor();
    expect(await page.getByRole('button', { name: 'Deny' }).count()).toBe(0);
  });

  test('a draft grows in place, can be stopped, and gives way to the message', async () => {
    await open();
    const draft = page.locator('.draft');
    await bot('sendChatAction', { chat_id: ANN.id, action: 'typing' });
    await page.getByText('Signalbox is typing').waitFor();
    await bot('sendMessageDraft', { chat_id: ANN.id, draft_id: 1 });
    await draft.getByText('Thinking…').waitFor();
    await bot('sendMessageDraft', { chat_id: ANN.id, draft_id: 1, text: 'Let me', can_stop: true });
    await bot('sendMessageDraft', {
      chat_id: ANN.id,
      draft_id: 1,
      text: 'Let me look',
      can_stop: true,
      keep_on_stop: true,
    });
    await draft.getByText('Let me look').waitFor();
    await bot('getUpdates', { allowed_updates: ['stopped_message_generation'] });
    await draft.getByRole('button', { name: 'Stop' }).click();
    await expect.poll(() => simulator.telegram.pendingUpdates.length).toBe(1);
    await bot('sendMessage', { chat_id: ANN.id, text: 'Stopped.' });
    await messages().filter({ hasText: 'Stopped.' }).waitFor();
    expect(await draft.count()).toBe(0);
  });

  test('files go both ways', async () => {
    await open();
    await page
      .locator('#attach')
      .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('my notes') });
    await page.getByRole('list', { name: 'Files to send' }).getByText('notes.txt').waitFor();
    await field().fill('see here');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const sent = await simulator.telegram.waitForMessage(({ file }) => file !== undefined);
    expect(sent).toMatchObject({ text: 'see here', file: { name: 'notes.txt', mimeType: 'text/plain', size: 8 } });
    const form = new FormData();
    form.set('chat_id', String(ANN.id));
    form.set('document', new File(['answer'], 'answer.md'));
    await fetch(`${simulator.url}/bot${simulator.botToken}/sendDocument`, { method: 'POST', body: form });
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'answer.md' }).click();
    expect((await download).suggestedFilename()).toBe('answer.md');
  });

  test('topics are places of their own, and one chooses who speaks', async () => {
    await open(DESKTOP);
    await page.getByRole('navigation').getByRole('button', { name: 'Servers' }).click();
    await page.getByRole('heading', { name: 'Homelab · Servers' }).waitFor();
    await page.getByRole('radio', { name: 'Bob' }).check();
    await field().fill('all up?');
    await page.keyboard.press('Enter');
    const said = await simulator.telegram.waitForMessage(({ text }) => text === 'all up?');
    expect(said).toMatchObject({ chatId: GROUP_ID, from: { id: BOB.id } });
    const [servers] = simulator.telegram.chats.find(({ id }) => id === GROUP_ID)?.topics ?? [];
    expect(said.thread).toBe(servers?.id);
    await bot('sendMessage', { chat_id: ANN.id, text: 'for Ann alone' });
    const annsChat = page.getByRole('navigation').getByRole('button', { name: 'Ann’s chat' });
    await annsChat.getByLabel('1 unread').waitFor();
    expect(await messages().filter({ hasText: 'for Ann alone' }).count()).toBe(0);
    await annsChat.click();
    await messages().filter({ hasText: 'for Ann alone' }).waitFor();
    expect(await page.getByRole('radio').count()).toBe(0);
  });

  test('replies, reactions and edits show as such', async () => {
    await open();
    const { message_id } = await bot('sendMessage', { chat_id: ANN.id, text: 'the question' });
    await messages().last().getByRole('button', { name: 'Reply, react or edit' }).click();
    await page.getByRole('menuitem', { name: 'Reply' }).click();
    await page.keyboard.type('my answer');
    await page.keyboard.press('Enter');
    const answer = await simulator.telegram.waitForMessage(({ text }) => text === 'my answer');
    expect(answer.replyTo?.id).toBe(message_id);
    await bot('setMessageReaction', {
      chat_id: ANN.id,
      message_id: answer.id,
      reaction: [{ type: 'emoji', emoji: '👀' }],
    });
    await messages().last().getByRole('button', { name: '👀 from 1' }).waitFor();
    await messages().last().getByRole('button', { name: 'Reply, react or edit' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await field().fill('my better answer');
    await page.keyboard.press('Enter');
    await messages().filter({ hasText: 'my better answer' }).filter({ hasText: 'edited' }).waitFor();
  });

  test('the commands of the bot are chosen with the keyboard', async () => {
    await bot('setMyCommands', {
      commands: [
        { command: 'new', description: 'Make a session' },
        { command: 'session', description: 'Switch to a session' },
        { command: 'sessions', description: 'All sessions' },
      ],
    });
    await open();
    await field().pressSequentially('/s');
    const options = page.getByRole('option');
    await expect.poll(() => options.count()).toBe(2);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => options.nth(1).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Enter');
    expect(await field().inputValue()).toBe('/sessions ');
    await page.keyboard.press('Enter');
    expect(await simulator.telegram.waitForMessage(({ from }) => from.id === ANN.id)).toMatchObject({
      text: '/sessions',
    });
  });

  test('a command typed in full is sent by the first Enter', async () => {
    await bot('setMyCommands', { commands: [{ command: 'help', description: 'Help' }] });
    await open();
    await field().pressSequentially('/help');
    await page.getByRole('option').waitFor();
    await page.keyboard.press('Enter');
    expect(await simulator.telegram.waitForMessage(({ from }) => from.id === ANN.id)).toMatchObject({ text: '/help' });
  });

  test('a long chat keeps to its end, unless one has scrolled up', async () => {
    for (let at = 0; at < 60; at += 1) simulator.telegram.say({ from: ANN.id, text: `line ${at}` });
    await open();
    const fromEnd = () =>
      page.locator('#scroller').evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);
    await expect.poll(fromEnd).toBeLessThan(3);
    await bot('sendMessage', { chat_id: ANN.id, text: 'newest' });
    await messages().filter({ hasText: 'newest' }).waitFor();
    await expect.poll(fromEnd).toBeLessThan(3);
    await page.locator('#scroller').evaluate((box) => {
      box.scrollTop = 0;
    });
    await bot('sendMessage', { chat_id: ANN.id, text: 'while away' });
    await page.getByRole('button', { name: 'New messages' }).click();
    await expect.poll(fromEnd).toBeLessThan(3);
  });

  test.each([320, 360, 390, 1280])('at %i pixels nothing is wider than the screen', async (screen) => {
    const wide = 'x'.repeat(200);
    const reply_markup = { inline_keyboard: [[{ text: `button ${wide}`, callback_data: 'a' }]] };
    const entities = [{ type: 'pre', offset: 201, length: 200 }];
    await bot('sendMessage', { chat_id: ANN.id, text: `${wide} ${wide}`, entities, reply_markup });
    await open({ width: screen, height: 700 });
    await messages().last().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(screen);
    expect(await page.locator('#scroller').evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    expect(await width('#composer')).toBeLessThanOrEqual(screen);
  });

  test('on a phone the list is a screen of its own, on a desktop it stands beside the chat', async () => {
    await open(PHONE);
    const list = page.getByRole('navigation', { name: 'Chats' });
    expect(await list.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'All chats' }).click();
    await list.getByRole('button', { name: 'Bob’s chat' }).click();
    await page.getByRole('heading', { name: 'Bob’s chat with Signalbox' }).waitFor();
    await page.setViewportSize(DESKTOP);
    expect(await list.isVisible()).toBe(true);
  });

  test('everything that can be pressed has a name, and text stands out in both colour schemes', async () => {
    const text = 'see https://example.org and /help';
    await bot('sendMessage', {
      chat_id: ANN.id,
      text,
      reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] },
    });
    simulator.telegram.say({ from: ANN.id, text: 'mine' });
    for (const scheme of ['light', 'dark'] as const) {
      await open(DESKTOP, scheme);
      await messages().last().waitFor();
      expect(await page.evaluate(NAMELESS)).toEqual([]);
      expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
      if (scheme === 'light') await page.close();
    }
  });

  test('the keyboard alone is enough to go to a chat and write', async () => {
    await open(DESKTOP);
    await page.locator('#text').blur();
    await page.locator('.skip').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Bob’s chat' }).waitFor();
    await page.keyboard.type('by keyboard');
    await page.keyboard.press('Enter');
    expect(await simulator.telegram.waitForMessage(({ text }) => text === 'by keyboard')).toMatchObject({
      chatId: BOB.id,
    });
  });

  test('what is refused is said and not lost, and a lost connection is shown until it is back', async () => {
    await open();
    simulator.telegram.block(ANN.id);
    await field().fill('can you hear me?');
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'has blocked the bot' }).waitFor();
    expect(await field().inputValue()).toBe('can you hear me?');
    const port = Number(new URL(simulator.url).port);
    await simulator.close();
    await page.getByRole('alert').waitFor();
    simulator = await startSimulator({ port });
    await expect.poll(() => page.getByRole('alert').isVisible()).toBe(false);
    simulator.telegram.say({ from: ANN.id, text: 'back again' });
    await messages().filter({ hasText: 'back again' }).waitFor();
  });
});

/** Elements one can act on whose name is empty. */
const NAMELESS = `[...document.querySelectorAll('button, a, input:not([type=radio]), textarea')]
  .filter((element) => !(element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent).trim())
  .map((element) => element.outerHTML)`;

/** Elements with text whose contrast to what is behind them is below 4.5 : 1. */
const LOW_CONTRAST = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const lum = ([r, g, b]) => [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => { for (let at = element; at; at = at.parentElement) { const c = rgb(getComputedStyle(at).backgroundColor); if (c[3] > 250) return c; } return [255, 255, 255]; };
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
  return [...document.querySelectorAll('body *')].filter((element) => hasText(element) && element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !['SCRIPT', 'NOSCRIPT', 'STYLE'].includes(element.tagName))
    .filter((element) => !element.closest('#toast, .skip, .visually-hidden, .more'))
    .map((element) => { const [a, b] = [lum(rgb(getComputedStyle(element).color)), lum(behind(element))].sort((x, y) => y - x); return { text: element.textContent.slice(0, 30), ratio: (a + 0.05) / (b + 0.05) }; })
    .filter(({ ratio }) => ratio < 4.5);
})()`;
