import { ANN, BOB } from '@signalbox/simulator';
import { describe, expect, test } from 'vitest';
import { DESKTOP, hasBrowser, PHONE, useChatPage } from './use-chat-page.ts';

describe.runIf(hasBrowser)('the chat page in Chromium', () => {
  const chat = useChatPage();

  test('a model that is not simulated is not said to be', async () => {
    await chat.simulator.close();
    await chat.startAgain({ modelIsSimulated: false });
    await chat.open();
    expect(await chat.page.getByRole('note').textContent()).toBe('Simulated Telegram · the model is real');
  });

  test('the code of a block is copied whole', async () => {
    await chat.open();
    await chat.page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: chat.simulator.url });
    const code = 'if [ 1 ]; then\n  echo <ok>\nfi';
    await chat.bot('sendMessage', {
      chat_id: ANN.id,
      text: code,
      entities: [{ type: 'pre', offset: 0, length: code.length }],
    });
    await chat.messages().last().getByRole('button', { name: 'Copy the code' }).click();
    await expect.poll(() => chat.page.evaluate('navigator.clipboard.readText()')).toBe(code);
  });

  test('a long quote opens and closes', async () => {
    await chat.open();
    const text = 'one\ntwo\nthree\nfour\nfive';
    await chat.bot('sendMessage', {
      chat_id: ANN.id,
      text,
      entities: [{ type: 'expandable_blockquote', offset: 0, length: text.length }],
    });
    const toggle = chat.messages().last().getByRole('button', { name: 'Show more' });
    const before = await chat
      .messages()
      .last()
      .locator('blockquote')
      .evaluate((quote) => quote.getBoundingClientRect().height);
    await toggle.click();
    const after = await chat
      .messages()
      .last()
      .locator('blockquote')
      .evaluate((quote) => quote.getBoundingClientRect().height);
    expect(after).toBeGreaterThan(before);
    await chat.messages().last().getByRole('button', { name: 'Show less' }).waitFor();
  });

  test('replies, reactions and edits show as such', async () => {
    await chat.open();
    const { message_id } = await chat.bot('sendMessage', { chat_id: ANN.id, text: 'the question' });
    await chat.messages().last().getByRole('button', { name: 'Reply, react or edit' }).click();
    await chat.page.getByRole('menuitem', { name: 'Reply' }).click();
    await chat.page.keyboard.type('my answer');
    await chat.page.keyboard.press('Enter');
    const answer = await chat.simulator.telegram.waitForMessage(({ text }) => text === 'my answer');
    expect(answer.replyTo?.id).toBe(message_id);
    await chat.bot('setMessageReaction', {
      chat_id: ANN.id,
      message_id: answer.id,
      reaction: [{ type: 'emoji', emoji: '👀' }],
    });
    await chat.messages().last().getByRole('button', { name: '👀 from 1' }).waitFor();
    await chat.messages().last().getByRole('button', { name: 'Reply, react or edit' }).click();
    await chat.page.getByRole('menuitem', { name: 'Edit' }).click();
    await chat.field().fill('my better answer');
    await chat.page.keyboard.press('Enter');
    await chat.messages().filter({ hasText: 'my better answer' }).filter({ hasText: 'edited' }).waitFor();
  });

  test('what is half-typed in a chat stays there, over another chat, a cancelled edit and a reload', async () => {
    await chat.open(DESKTOP);
    const openChat = (name: string) => chat.page.getByRole('navigation').getByRole('button', { name }).click();
    chat.simulator.telegram.say({ from: ANN.id, text: 'mine' });
    await chat.field().pressSequentially('half a th');
    await openChat('Bob’s chat');
    await expect.poll(() => chat.field().inputValue()).toBe('');
    await chat.field().pressSequentially('for Bob');
    await openChat('Ann’s chat');
    await expect.poll(() => chat.field().inputValue()).toBe('half a th');
    await chat.messages().last().getByRole('button', { name: 'Reply, react or edit' }).click();
    await chat.page.getByRole('menuitem', { name: 'Edit' }).click();
    expect(await chat.field().inputValue()).toBe('mine');
    await chat.page.keyboard.press('Escape');
    expect(await chat.field().inputValue()).toBe('half a th');
    await chat.page.reload();
    await expect.poll(() => chat.field().inputValue()).toBe('half a th');
    await chat.page.keyboard.press('Enter');
    await chat.messages().filter({ hasText: 'half a th' }).waitFor();
    await chat.page.reload();
    await chat.messages().filter({ hasText: 'half a th' }).waitFor();
    expect(await chat.field().inputValue()).toBe('');
  });

  test('a command that is asked about is wrapped, other code is not', async () => {
    await chat.open(PHONE);
    const text = `x ${'long '.repeat(60)}`;
    const entities = [{ type: 'pre', offset: 2, length: 290 }];
    const reply_markup = { inline_keyboard: [[{ text: 'Allow', callback_data: 'a' }]] };
    const overflow = () =>
      chat
        .messages()
        .last()
        .locator('pre')
        .evaluate((pre) => pre.scrollWidth - pre.clientWidth);
    await chat.bot('sendMessage', { chat_id: ANN.id, text, entities });
    await expect.poll(overflow).toBeGreaterThan(0);
    await chat.bot('sendMessage', { chat_id: ANN.id, text, entities, reply_markup });
    await chat.page.getByRole('button', { name: 'Allow' }).waitFor();
    expect(await overflow()).toBe(0);
  });

  test('a sample is said with a press, in words where the model is real', async () => {
    await chat.open(PHONE);
    await chat.page.getByText('Something to try', { exact: true }).click();
    await chat.page.getByRole('button', { name: 'A plan' }).click();
    await chat.messages().nth(1).waitFor();
    const said = () => chat.simulator.telegram.messages(ANN.id).map(({ text }) => text);
    expect(said()).toEqual(['/mode plan', expect.stringContaining('[[tool ExitPlanMode')]);
    await chat.simulator.close();
    await chat.startAgain({ modelIsSimulated: false });
    await chat.page.close();
    await chat.open(PHONE);
    await chat.page.getByText('Something to try', { exact: true }).click();
    await chat.page.getByRole('button', { name: 'A question' }).click();
    await expect.poll(said).toEqual([expect.not.stringContaining('[[')]);
  });

  test('a command typed in full is sent by the first Enter', async () => {
    await chat.bot('setMyCommands', { commands: [{ command: 'help', description: 'Help' }] });
    await chat.open();
    await chat.field().pressSequentially('/help');
    await chat.page.getByRole('option').waitFor();
    await chat.page.keyboard.press('Enter');
    expect(await chat.simulator.telegram.waitForMessage(({ from }) => from.id === ANN.id)).toMatchObject({
      text: '/help',
    });
  });

  test('a long chat keeps to its end, unless one has scrolled up', async () => {
    for (let at = 0; at < 60; at += 1) chat.simulator.telegram.say({ from: ANN.id, text: `line ${at}` });
    await chat.open();
    const fromEnd = () =>
      chat.page.locator('#scroller').evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);
    await expect.poll(fromEnd).toBeLessThan(3);
    await chat.bot('sendMessage', { chat_id: ANN.id, text: 'newest' });
    await chat.messages().filter({ hasText: 'newest' }).waitFor();
    await expect.poll(fromEnd).toBeLessThan(3);
    await chat.page.locator('#scroller').evaluate((box) => {
      box.scrollTop = 0;
    });
    await chat.bot('sendMessage', { chat_id: ANN.id, text: 'while away' });
    await chat.page.getByRole('button', { name: 'New messages' }).click();
    await expect.poll(fromEnd).toBeLessThan(3);
  });

  test.each([320, 360, 390, 1280])('at %i pixels nothing is wider than the screen', async (screen) => {
    const wide = 'x'.repeat(200);
    const reply_markup = { inline_keyboard: [[{ text: `button ${wide}`, callback_data: 'a' }]] };
    const entities = [{ type: 'pre', offset: 201, length: 200 }];
    await chat.bot('sendMessage', { chat_id: ANN.id, text: `${wide} ${wide}`, entities, reply_markup });
    await chat.open({ width: screen, height: 700 });
    await chat.messages().last().waitFor();
    expect(await chat.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(screen);
    expect(await chat.page.locator('#scroller').evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    expect(await chat.width('#composer')).toBeLessThanOrEqual(screen);
  });

  test('on a phone the list is a screen of its own, on a desktop it stands beside the chat', async () => {
    await chat.open(PHONE);
    const list = chat.page.getByRole('navigation', { name: 'Chats' });
    expect(await list.isVisible()).toBe(false);
    await chat.page.getByRole('button', { name: 'All chats' }).click();
    await list.getByRole('button', { name: 'Bob’s chat' }).click();
    await chat.page.getByRole('heading', { name: 'Bob’s chat with Signalbox' }).waitFor();
    await chat.page.setViewportSize(DESKTOP);
    expect(await list.isVisible()).toBe(true);
  });

  test('everything that can be pressed has a name, and text stands out in both colour schemes', async () => {
    const text = 'see https://example.org and /help';
    await chat.bot('sendMessage', {
      chat_id: ANN.id,
      text,
      reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] },
    });
    chat.simulator.telegram.say({ from: ANN.id, text: 'mine' });
    for (const scheme of ['light', 'dark'] as const) {
      await chat.open(DESKTOP, scheme);
      await chat.messages().last().waitFor();
      expect(await chat.page.evaluate(NAMELESS)).toEqual([]);
      expect(await chat.page.evaluate(LOW_CONTRAST)).toEqual([]);
      if (scheme === 'light') await chat.page.close();
    }
  });

  test('the keyboard alone is enough to go to a chat and write', async () => {
    await chat.open(DESKTOP);
    await chat.page.locator('#text').blur();
    await chat.page.locator('.skip').focus();
    await chat.page.keyboard.press('Tab');
    await chat.page.keyboard.press('Tab');
    await chat.page.keyboard.press('Enter');
    await chat.page.getByRole('heading', { name: 'Bob’s chat' }).waitFor();
    await chat.page.keyboard.type('by keyboard');
    await chat.page.keyboard.press('Enter');
    expect(await chat.simulator.telegram.waitForMessage(({ text }) => text === 'by keyboard')).toMatchObject({
      chatId: BOB.id,
    });
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
