import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PATIENCE_MS } from '../support/patience.ts';
import { press } from '../support/press.ts';
import { useWorld } from '../support/use-world.ts';
import { hasBrowser, openBrowser, PHONE } from './use-chat-page.ts';

describe.runIf(hasBrowser)('a sample of the chat page, pressed where Claude is at work, shows', () => {
  const world = useWorld();
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    page = await browser.newPage({ viewport: PHONE });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(world.simulator.url);
  });
  afterAll(() => browser?.close());

  async function trySample(name: string): Promise<void> {
    await world.newSession();
    await page.getByText('Something to try', { exact: true }).click();
    await page.getByRole('button', { name, exact: true }).click();
  }

  it('a permission', async () => {
    await trySample('A permission');
    press(world, await world.shows(/Claude wants to run/), '✅ Allow');
    await world.shows('The page is there.');
  });

  it('a question', async () => {
    await trySample('A question');
    press(world, await world.shows(/Which colour/), 'Green');
    await world.shows(/"="Green"/);
  });

  it('a plan', async () => {
    await trySample('A plan');
    press(world, await world.shows(/A page about signals/), '✅ Approve');
    await world.shows(/approved exiting plan mode/);
  });

  it('a file', async () => {
    await trySample('A file');
    press(world, await world.shows(/Claude wants to run/), '✅ Allow');
    await world.shows('Here it is.');
    expect(world.shown().map(({ file }) => file?.name)).toContain('signals.md');
  });

  it('a long answer', async () => {
    await trySample('A long answer');
    const { file } = await world.shows(/rest is in the file/);
    expect(file?.name).toBe('answer.md');
    expect(world.texts().join()).toContain('A quoted line');
  });
});
