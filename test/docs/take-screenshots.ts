import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../browser/find-chromium.ts';
import { startWorld } from '../support/world.ts';
import { type Scene, scenes } from './scenes.ts';

/** Makes the pictures of the docs anew:  npx tsx --conditions=@signalbox/source test/docs/take-screenshots.ts [name]  (after npm run build) */

const images = fileURLToPath(new URL('../../docs/images', import.meta.url));

/** What was sent last is shown after this, in ms. */
const SETTLED_MS = 1_200;

async function take(browser: Browser, { name, play }: Scene): Promise<void> {
  const world = await startWorld();
  const page = await browser.newPage({ viewport: { width: 430, height: 760 }, deviceScaleFactor: 2 });
  try {
    await page.goto(world.simulator.url);
    await world.ask('/new web', "Session 'web' created.");
    await play(world);
    await delay(SETTLED_MS);
    await page.screenshot({ path: join(images, `${name}.png`) });
    console.log(`${name}.png`);
  } finally {
    await page.close();
    await world.stop();
  }
}

await mkdir(images, { recursive: true });
const executablePath = findChromium(process.env.PATH ?? '');
if (executablePath === undefined) throw new Error('The pictures need a Chromium on the PATH: install chromium.');
const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
try {
  for (const scene of scenes) if (!process.argv[2] || process.argv[2] === scene.name) await take(browser, scene);
} finally {
  await browser.close();
}
