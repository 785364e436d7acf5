import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processesWith } from '../support/census.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'signalbox-start-'));
});
afterEach(async () => {
  const left = await processesWith(dir);
  for (const { pid } of left) process.kill(pid, 'SIGKILL');
  await rm(dir, { recursive: true, force: true });
  expect(left).toEqual([]);
});

/** Starts `signalbox start` as a newcomer's terminal would, with its state in a directory of the test's. */
function start(env: Record<string, string> = {}) {
  const child = execa('node', [join(root, 'apps/cli/dist/main.js'), 'start'], {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: dir,
      STATE_DIR: join(dir, 'state'),
      SESSIONS_DIR: join(dir, 'sessions'),
      ...env,
    },
    extendEnv: false,
    reject: false,
    all: true,
    detached: true,
  });
  let printed = '';
  const waiting = new Set<() => void>();
  child.all.setEncoding('utf8').on('data', (chunk: string) => {
    printed += chunk;
    for (const look of waiting) look();
  });
  const prints = (pattern: RegExp) =>
    new Promise<string[]>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(printed);
        if (match) resolve([...match]);
      };
      waiting.add(look);
      look();
      void child.then(() => reject(new Error(`It ended without printing ${pattern}:\n${printed}`)));
    });
  return { child, prints, printed: () => printed };
}

function say(chat: string, text: string) {
  const body = JSON.stringify({ from: 1001, text });
  return fetch(`${chat}/control/say`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
}

describe('signalbox start', () => {
  it('with nothing configured says what runs where, answers in the simulated chat, and Ctrl-C leaves nothing behind', async () => {
    const { child, prints, printed } = start();
    const [, chat = ''] = await prints(/Chat +(http:\S+) {2}\(a simulated Telegram/);
    await prints(/Model +SIMULATED/);
    const [, dashboard = '', password = ''] = await prints(/Dashboard +(http:\S+) {2}\(user admin, password (\S+)\)/);
    await prints(/Taking messages/);

    await say(chat, '/new test');
    await say(chat, 'hello');
    const shown = async () => (await fetch(`${chat}/control/messages?chat=1001`)).text();
    await expect.poll(shown).toMatch(/simulated model/);

    const headers = { authorization: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}` };
    expect((await fetch(`${dashboard}/queues/api/queues`)).status).toBe(401);
    const board = await (await fetch(`${dashboard}/queues/api/queues`, { headers })).text();
    expect(board).toContain('session-test');

    process.kill(child.pid as number, 'SIGINT');
    expect((await child).exitCode).toBe(0);
    expect(printed()).toContain('Stopped.');
  });

  it('lists all wrong settings at once and starts nothing', async () => {
    const { child, printed } = start({
      STREAMING: 'loud',
      DASHBOARD_PORT: 'x',
      TELEGRAM_BOT_TOKEN: 'secret-but-wrong',
      KUMA_URL: 'kuma',
      KUMA_API_KEY: 'k',
      HOMELAB_PLUGINS: './none.mjs',
    });
    expect((await child).exitCode).toBe(1);
    for (const name of ['STREAMING', 'DASHBOARD_PORT', 'TELEGRAM_BOT_TOKEN', 'KUMA_URL'])
      expect(printed()).toContain(`${name}: expected`);
    expect(printed()).toMatch(/HOMELAB_PLUGINS: "\.\/none\.mjs" cannot be used/);
    expect(printed()).not.toContain('secret-but-wrong');
  });
});
