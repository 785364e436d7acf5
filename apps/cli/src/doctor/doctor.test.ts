import { mkdtempSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openQueues } from '@signalbox/queues';
import { processEnvironment, startPrivateRedis } from '@signalbox/service';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readHouse } from '../settings/read-house.ts';
import { checkClaude } from './check-claude.ts';
import { checkHouse } from './check-house.ts';
import { checkDirectory, checkNode, checkRedis } from './check-machine.ts';
import { checkTelegram } from './check-telegram.ts';
import { examine } from './doctor-command.ts';
import { showFindings } from './finding.ts';

const { PATH = '' } = processEnvironment();
const TOKEN = '123456:sentinel-token';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'signalbox-doctor-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** A server that answers all with the same. */
async function serve(status: number, body: string): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the doctor', () => {
  it('has an aligned line for each finding', () => {
    const findings = [
      { what: 'node', state: 'ok', text: '22' },
      { what: 'telegram', state: 'bad', text: 'No.' },
    ] as const;
    expect(showFindings(findings)).toBe('✔ node      22\n✘ telegram  No.');
  });

  it.each([
    ['20.18.9', 'bad'],
    ['18.20.0', 'bad'],
    ['20.19.0', 'ok'],
    ['24.0.0', 'ok'],
  ])('finds Node.js %s %s', (version, state) => {
    expect(checkNode(version)).toMatchObject({ state });
  });

  it('finds the program of a private Redis, or that there is none', async () => {
    expect(await checkRedis(undefined, PATH)).toMatchObject({ state: 'ok' });
    expect(await checkRedis(undefined, dir)).toMatchObject({
      state: 'bad',
      text: expect.stringMatching(/Install one/),
    });
  });

  it('finds a Redis that answers, and one that would drop jobs', async () => {
    const redis = await startPrivateRedis({ dir, durable: false });
    onTestFinished(() => redis.stop());
    expect(await checkRedis(redis.url, PATH)).toMatchObject({ state: 'ok', text: 'answers' });
    const silent = () => undefined;
    const queues = await openQueues(redis.url, { app: 'test', log: { info: silent, warn: silent, error: silent } });
    await queues.redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await queues.close();
    expect(await checkRedis(redis.url, PATH)).toMatchObject({
      state: 'bad',
      text: expect.stringMatching(/noeviction/),
    });
  });

  it('finds directories that can be used, can be made, or are none', async () => {
    const file = join(dir, 'file');
    await writeFile(file, '');
    expect(await checkDirectory('SESSIONS_DIR', dir, true)).toEqual({ what: 'sessions', state: 'ok', text: dir });
    expect(await checkDirectory('SESSIONS_DIR', join(dir, 'new'), true)).toMatchObject({ state: 'ok' });
    expect(await checkDirectory('PERSONAS_DIR', join(dir, 'new'), false)).toMatchObject({ state: 'bad' });
    expect(await checkDirectory('SESSIONS_DIR', file, true)).toMatchObject({ state: 'bad' });
  });

  it('finds Claude Code and its login, and what is missing of them', async () => {
    const bin = join(dir, 'claude');
    await writeFile(bin, '#!/bin/sh\necho "2.1.329 (Claude Code)"\n');
    await chmod(bin, 0o755);
    await mkdir(join(dir, '.claude'));
    await writeFile(join(dir, '.claude', '.credentials.json'), '{"claudeAiOauth":{}}');
    expect(await checkClaude({ PATH, HOME: dir, CLAUDE_BIN: bin })).toMatchObject([
      { what: 'claude', state: 'ok', text: '2.1.329 (CLAUDE_BIN)' },
      { what: 'login', state: 'ok' },
    ]);
    expect(await checkClaude({ PATH, HOME: '/nowhere', CLAUDE_BIN: join(dir, 'none') })).toMatchObject([
      { state: 'bad', text: expect.stringContaining('CLAUDE_BIN') },
      { state: 'warn' },
    ]);
  });

  it.each([
    ['that knows the token', 200, '{"ok":true,"result":{"username":"our_bot"}}', [7], 'ok', /^@our_bot$/],
    ['with nobody allowed', 200, '{"ok":true,"result":{"username":"our_bot"}}', [], 'warn', /TELEGRAM_ALLOWED_USERS/],
    ['that refuses the token', 401, '{"ok":false}', [7], 'bad', /refuses the token \(401\)/],
  ] as const)('finds a Telegram %s', async (_what, status, body, allowed, state, text) => {
    const finding = await checkTelegram(TOKEN, await serve(status, body), allowed);
    expect(finding).toMatchObject({ state, text: expect.stringMatching(text) });
    expect(finding.text).not.toContain('sentinel');
  });

  it('finds no Telegram where none is, and none to look for without a token', async () => {
    const finding = await checkTelegram(TOKEN, 'http://127.0.0.1:9', [7]);
    expect(finding).toMatchObject({ state: 'bad', text: expect.stringMatching(/does not answer/) });
    expect(finding.text).not.toContain('sentinel');
    expect(await checkTelegram(undefined, 'http://127.0.0.1:9', [])).toMatchObject({ state: 'off' });
  });

  it('has a finding for each integration, and for what is wrong with a plugin or the watch', async () => {
    const settings = {
      ...{ KUMA_URL: await serve(401, ''), KUMA_API_KEY: 'sentinel-key', HOMELAB_PLUGINS: './none.mjs' },
      ...{ PBS_URL: 'nas', PBS_TOKEN_ID: 'a@b!c', PBS_TOKEN_SECRET: 'sentinel-secret' },
    };
    const watch = { HOMELAB_WATCH: ['kuma', 'beszel'], HOMELAB_WATCH_CHAT: undefined, TELEGRAM_ALLOWED_USERS: [] };
    const findings = await checkHouse(await readHouse(settings, dir), settings, watch);
    const states = findings.map(({ what, state }) => `${what} ${state}`);
    expect(states).toEqual([
      ...['pve off', 'pbs bad', 'backups bad', 'beszel off', 'kuma bad', 'ping off', 'host ok'],
      ...['plugin bad', 'watch bad', 'watch bad'],
    ]);
    const textOf = (name: string) => findings.find(({ what }) => what === name)?.text;
    expect(textOf('pve')).toBe('Not configured. Set PVE_URL, PVE_TOKEN_ID and PVE_TOKEN_SECRET.');
    expect(textOf('pbs')).toMatch(/^PBS_URL: expected an address/);
    expect(textOf('kuma')).toMatch(/KUMA_API_KEY/);
    expect(textOf('watch')).toMatch(/^HOMELAB_WATCH: .* got "beszel"/);
    expect(JSON.stringify(findings)).not.toContain('sentinel');
  });

  it('has a line for each wrong setting and for each name that looks like one, and asks nobody then', async () => {
    const env = { PATH, PERMISION_MODE: 'plan', STREAMING: 'loud', DASHBOARD_HOST: '0.0.0.0', PVE_URL: 'https://pve' };
    const findings = await examine(env, dir);
    expect(findings.map(({ what, state, text }) => `${what} ${state} ${text.split(' ')[0]}`).slice(1)).toEqual([
      ...['settings warn PERMISION_MODE', 'settings bad STREAMING:', 'settings bad DASHBOARD_PASSWORD'],
      ...['settings bad PVE_TOKEN_ID', 'settings bad PVE_TOKEN_SECRET'],
    ]);
  });
});
