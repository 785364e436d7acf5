import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startWorld } from '../support/world.ts';

/** Makes the pictures of the docs anew:  npx tsx --conditions=@signalbox/source test/docs/take-screenshots.ts  (after npm run build) */

const images = fileURLToPath(new URL('../../docs/images', import.meta.url));
await mkdir(images, { recursive: true });
const world = await startWorld();
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
try {
  const page = await browser.newPage({ viewport: { width: 430, height: 860 }, deviceScaleFactor: 2 });
  await page.goto(world.simulator.url);
  await world.ask('/new web', "Session 'web' created.");
  await world.ask('Hello, who is there?', /simulated/i);
  await world.ask('/new ideas brainstorm', /created with persona/);
  await world.ask('/sessions', /Use \/session/);
  await page.getByRole('log').getByRole('listitem').filter({ hasText: 'to switch' }).waitFor();
  await page.screenshot({ path: join(images, 'chat.png') });
} finally {
  await browser.close();
  await world.stop();
}
