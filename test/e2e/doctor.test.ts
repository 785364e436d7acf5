import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSimulator } from '@signalbox/simulator';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const personas = join(root, 'personas');

it('the doctor has a line for each part and each integration, ends by itself, and fails if something does not work', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'signalbox-doctor-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const simulator = await startSimulator();
  onTestFinished(() => simulator.close());
  const env = {
    ...{ PATH: process.env.PATH ?? '', HOME: dir, ANTHROPIC_API_KEY: 'sentinel-anthropic-key', REDIS_URL: '' },
    ...{ TELEGRAM_BOT_TOKEN: simulator.botToken, TELEGRAM_API_ROOT: simulator.url, TELEGRAM_ALLOWED_USERS: '7' },
    ...{ SESSIONS_DIR: join(dir, 'sessions'), PERSONAS_DIR: personas },
  };
  const doctor = (more: Record<string, string> = {}) =>
    execa('node', [join(root, 'apps/cli/dist/main.js'), 'doctor'], {
      ...{ cwd: root, env: { ...env, ...more }, extendEnv: false, reject: false, timeout: 30_000 },
    });
  const [well, ill] = await Promise.all([
    doctor(),
    doctor({ KUMA_URL: 'http://127.0.0.1:9', KUMA_API_KEY: 'sentinel' }),
  ]);
  expect(well.stdout.split('\n').map((line) => /^. (\w+)/.exec(line)?.[1])).toEqual([
    ...['node', 'redis', 'claude', 'login', 'telegram', 'sessions', 'personas'],
    ...['pve', 'pbs', 'backups', 'beszel', 'kuma', 'ping', 'host'],
  ]);
  expect(well.stdout).not.toContain('✘');
  expect(well.exitCode).toBe(0);
  expect(ill.stdout).toMatch(/^✘ kuma +KUMA_URL \(http:\/\/127\.0\.0\.1:9\) does not answer/m);
  expect(ill.exitCode).toBe(1);
  expect(well.stdout + ill.stdout).not.toContain('sentinel');
});
