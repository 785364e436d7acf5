import { mkdtempSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { detectLogin } from '../settings/detect-login.ts';
import { readSettings } from '../settings/read-settings.ts';
import { createLogLines } from './show-log-line.ts';
import { takeStartLock } from './start-lock.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'signalbox-test-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('the settings', () => {
  it('are those of .env, under those of the process', async () => {
    await writeFile(join(dir, '.env'), 'POOL="from file" # comment\nHOME=/from/file\nNEW_ONE=1\n');
    const settings = await readSettings(dir);
    expect(settings.POOL).toBe('from file');
    expect(settings.NEW_ONE).toBe('1');
    expect(settings.HOME).toBe(process.env.HOME);
  });

  it('need no .env', async () => {
    expect((await readSettings(dir)).PATH).toBe(process.env.PATH);
  });
});

describe('a login', () => {
  it('is found in the config directory, and nothing else is taken for one', async () => {
    expect(await detectLogin({ HOME: dir })).toBe(false);
    await mkdir(join(dir, '.claude'));
    await writeFile(join(dir, '.claude', '.credentials.json'), '{"torn');
    expect(await detectLogin({ HOME: dir })).toBe(false);
    await writeFile(join(dir, '.claude', '.credentials.json'), '{"claudeAiOauth":{}}');
    expect(await detectLogin({ HOME: dir })).toBe(true);
    expect(await detectLogin({ HOME: '/nowhere', CLAUDE_CONFIG_DIR: join(dir, '.claude') })).toBe(true);
  });
});

describe('the lock of a start', () => {
  it('is refused while its holder lives, and free again after', async () => {
    const path = join(dir, 'start.pid');
    const lock = await takeStartLock(path);
    await expect(takeStartLock(path)).rejects.toThrow(`process ${process.pid}`);
    await lock.release();
    await (await takeStartLock(path)).release();
  });

  it.each(['999999999', 'not a number', ''])('left by a dead process (%j) is taken over', async (left) => {
    const path = join(dir, 'start.pid');
    await writeFile(path, left);
    await takeStartLock(path);
    expect(await readFile(path, 'utf8')).toBe(String(process.pid));
    await chmod(path, 0o600);
  });
});

describe('a log line', () => {
  const toLine = createLogLines(false);
  it('is shown with its app, time, level and what went wrong', () => {
    const line = toLine('bot', JSON.stringify({ level: 40, time: 0, msg: 'hello', queue: 'x' }));
    expect(line).toMatch(/^bot {7}\[\d\d:\d\d:\d\d\] WARN: hello\n {4}queue: "x"$/);
  });
  it('that is none is shown as it is', () => {
    expect(toLine('worker', 'Error: boom')).toBe('worker    Error: boom');
    expect(toLine('worker', '{not json')).toContain('{not json');
  });
});
