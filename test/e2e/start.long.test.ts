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
  it('told to stop twice ends at once, and leaves nothing behind either', async () => {
    const { child, prints, printed } = start({ GRACE_SECONDS: '60' });
    const [, chat = ''] = await prints(/Chat +(http:\S+) {2}/);
    await say(chat, '/new test');
    await say(chat, '[[wait 50000]]');
    await expect.poll(async () => (await fetch(`${chat}/control/anthropic/requests`)).text()).toContain('turn');
    process.kill(child.pid as number, 'SIGINT');
    await prints(/Stopping\. Ctrl-C again/);
    process.kill(child.pid as number, 'SIGINT');
    await child;
    expect(printed()).toContain('Ending at once');
    await expect.poll(() => processesWith(dir)).toEqual([]);
  });

  it('starts a crashed app again and says so', async () => {
    const { child, prints } = start();
    await prints(/Signalbox is running/);
    const worker = (await processesWith(dir)).find(({ command }) => command.includes('apps/worker/dist/main.js'));
    process.kill(worker?.pid ?? 0, 'SIGKILL');
    await prints(/worker ended \(SIGKILL\)\. Starting it again in/);
    await prints(/Serving pool[\s\S]*Serving pool/);
    process.kill(child.pid as number, 'SIGINT');
    await child;
  });

  it('refuses to listen for others without a password', async () => {
    const { child, printed } = start({ DASHBOARD_HOST: '0.0.0.0' });
    expect((await child).exitCode).toBe(1);
    expect(printed()).toContain('DASHBOARD_PASSWORD is not set');
  });

  it('says which process already runs from the same directory', async () => {
    const first = start();
    await first.prints(/Signalbox is running/);
    const second = start();
    expect((await second.child).exitCode).toBe(1);
    expect(second.printed()).toContain(`already runs from this directory (process ${first.child.pid})`);
    process.kill(first.child.pid as number, 'SIGTERM');
    expect((await first.child).exitCode).toBe(0);
  });
});
