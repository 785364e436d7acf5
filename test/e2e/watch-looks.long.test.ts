import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { makePersonas } from '../support/personas.ts';
import { press } from '../support/press.ts';
import { startWorld, type World } from '../support/world.ts';

const NAS = 'monitor_id="1",monitor_name="nas",monitor_type="http",monitor_url="http://nas/"';

let world: World;
/** Whether the monitor “nas” is up; asked anew at every look. */
let isUp: () => boolean;
let looks: number;
/** Whether Kuma itself can be asked. */
let answers: boolean;
beforeEach(() => {
  isUp = () => true;
  answers = true;
  looks = 0;
});
afterEach(() => world.stop());

async function startWatched(env: Record<string, string> = {}): Promise<void> {
  const server = createServer((_request, response) => {
    looks += 1;
    if (!answers) response.writeHead(502).end();
    else response.end(`monitor_status{${NAS}} ${isUp() ? 1 : 0}\nmonitor_response_time{${NAS}} 12\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  world = await startWorld({
    env: {
      KUMA_URL: url,
      KUMA_API_KEY: 'sentinel-kuma-key',
      HOMELAB_WATCH: 'kuma',
      HOMELAB_WATCH_SECONDS: '0.1',
      ...env,
    },
  });
  world.closeAtEnd({
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

const posts = () => world.texts().filter((text) => /^(🔴|🟢)/.test(text));
/** Longer than any number of looks takes on a slow machine, in ms. */
const PATIENCE_MS = 120_000;
const moreLooks = (count: number) => {
  const until = looks + count;
  return expect.poll(() => looks, { timeout: PATIENCE_MS }).toBeGreaterThanOrEqual(until);
};
const posted = (expected: RegExp) =>
  expect.poll(posts, { timeout: PATIENCE_MS }).toContainEqual(expect.stringMatching(expected));
/** Up and down from one look to the next, beginning with up. */
const flap = () => {
  const from = looks;
  isUp = () => (looks - from) % 2 === 1;
};

describe('the watch', () => {
  it('posts a problem once, however it flaps, over two restarts of bot and worker, and its end once', async () => {
    await startWatched();
    await moreLooks(3);
    expect(posts()).toEqual([]);
    isUp = () => false;
    await posted(/^🔴 nas is down/);
    for (let restart = 0; restart < 2; restart += 1) {
      flap();
      await moreLooks(6);
      // The last look before the restart and the first one behind it find it up: nobody knows of what was between them.
      isUp = () => true;
      await moreLooks(1);
      await Promise.all(world.apps.splice(0).map((app) => app.stop()));
      flap();
      await world.startAll(['bot', 'worker']);
      await moreLooks(6);
    }
    expect(posts()).toHaveLength(1);
    isUp = () => true;
    await posted(/^🟢 No longer: nas is down/);
    await moreLooks(4);
    expect(posts()).toHaveLength(2);
  }, 300_000);

  it('tells every end, and calls nothing well while the service cannot be asked', async () => {
    await startWatched();
    isUp = () => false;
    await posted(/^🔴 nas is down/);
    answers = false;
    await posted(/^🔴 KUMA_URL/);
    await moreLooks(4);
    expect(posts()).toHaveLength(2);
    answers = true;
    await posted(/^🟢 No longer: KUMA_URL/);
    isUp = () => true;
    await posted(/^🟢 No longer: nas is down/);
    isUp = () => false;
    await posted(/^🔴 nas is down \(it comes and goes\)$/);
    isUp = () => true;
    const ends = () => posts().filter((text) => /No longer: nas/.test(text));
    await expect.poll(ends, { timeout: PATIENCE_MS }).toHaveLength(2);
    expect(posts()).toHaveLength(6);
  }, 300_000);

  it('has Claude look into a problem in a session of its own, with what was found as the first message', async () => {
    await startWatched();
    isUp = () => false;
    const post = await world.shows(/^🔴/);
    press(world, post, 'Ask Claude');
    await world.shows(/^Session 'incident-kuma-\w+' created with persona 'research'\.$/);
    await expect.poll(() => world.simulator.anthropic.turns().length).toBe(1);
    expect(world.simulator.anthropic.turns()[0]?.lastUserText).toMatch(/The watch over kuma reports:\n- nas is down/);
    press(world, post, 'Details');
    await world.shows(/^🔴 Kuma: 1 down/);
  });
});

describe('Claude', () => {
  const ask = '[[tool mcp__signalbox__homelab_kuma {}]][[results]]';

  it('can ask what its persona lists, without a question to anybody, and has no other tool', async () => {
    const personas = makePersonas({ housekeeper: { allowed_tools: ['homelab_kuma'] } });
    onTestFinished(personas.remove);
    await startWatched({ HOMELAB_WATCH: '', PERSONAS_DIR: personas.dir });
    await world.ask('/new house housekeeper', /created/);
    await world.ask(ask, /^Kuma: .*\(ok\)/s);
    await world.ask('/new web', "Session 'web' created.");
    await world.ask(ask, /No such tool|not available|Error/i);
  });
});
