import { type Simulator, startSimulator } from '@signalbox/simulator';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { CHROMIUM_ARGS, findChromium } from './find-chromium.ts';

const executablePath = findChromium(process.env.PATH ?? '');
const mustRun = process.env.CI === 'true';
if (executablePath === undefined && !mustRun) {
  console.warn('Skipped: the chat page needs a Chromium on the PATH (chromium, chromium-browser or google-chrome).');
}

/** The sizes of screens, CSS pixels. */
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 860 };

/** Whether the suites about the chat page can run: not where there is no Chromium, but in CI they must. */
export const hasBrowser = executablePath !== undefined || mustRun;

/** Starts a browser; whoever calls closes it. Rejects if there is none. */
export async function openBrowser(): Promise<Browser> {
  if (executablePath === undefined) throw new Error('CI has no Chromium on the PATH: install chromium');
  return chromium.launch({ executablePath, args: CHROMIUM_ARGS });
}

/** A simulator and a browser for each test of the suite that calls this; a script error on the page fails the test. */
export function useChatPage() {
  let browser: Browser;
  let simulator: Simulator;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
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

  return {
    get simulator() {
      return simulator;
    },
    get page() {
      return page;
    },
    /** Starts another simulator after the first was closed. */
    async startAgain(options: Parameters<typeof startSimulator>[0]): Promise<void> {
      simulator = await startSimulator(options);
    },
    async open(viewport = PHONE, colorScheme: 'light' | 'dark' = 'light'): Promise<void> {
      page = await browser.newPage({ viewport, colorScheme, acceptDownloads: true });
      page.setDefaultTimeout(10_000);
      page.on('pageerror', (error) => problems.push(error.message));
      await page.goto(simulator.url);
      await page.getByRole('heading', { name: 'chat with Signalbox' }).waitFor();
    },
    /** Calls a method of the Bot API as the bot. */
    async bot<T = { message_id: number }>(method: string, params: object): Promise<T> {
      const response = await fetch(`${simulator.url}/bot${simulator.botToken}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(params),
      });
      const answer = (await response.json()) as { ok: boolean; result: T; description?: string };
      if (!answer.ok) throw new Error(`${method}: ${answer.description}`);
      return answer.result;
    },
    messages: () => page.getByRole('log').getByRole('listitem'),
    field: () => page.getByRole('combobox', { name: 'Message' }),
    /** CSS pixels. */
    width: (selector: string) => page.locator(selector).evaluate((element) => element.getBoundingClientRect().width),
  };
}
