import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, beforeEach, expect } from 'vitest';
import { processesWith } from './census.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A newcomer's terminal: `signalbox start` with its state in a directory of each test's own. Fails a test that leaves a process behind. */
export function useTerminal() {
  const terminal = { dir: '', start: (env: Record<string, string> = {}) => start(terminal.dir, env) };
  beforeEach(() => {
    terminal.dir = mkdtempSync(join(tmpdir(), 'signalbox-start-'));
  });
  afterEach(async () => {
    const left = await processesWith(terminal.dir);
    for (const { pid } of left) process.kill(pid, 'SIGKILL');
    await rm(terminal.dir, { recursive: true, force: true });
    expect(left).toEqual([]);
  });
  return terminal;
}

/** Says something as Ann in a simulated chat at this address. */
export function sayIn(chat: string, text: string) {
  const body = JSON.stringify({ from: 1001, text });
  return fetch(`${chat}/control/say`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
}

function start(dir: string, env: Record<string, string>) {
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
